package dev.javelin.conformance;

import dev.javelin.api.Format;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;

/** What rounding activations to the type that a device declares adds to their noise. */
final class Rounding {

    private Rounding() {}

    /**
     * The noise of the numbers after rounding.
     *
     * <ul>
     *   <li>F32: nothing is added.
     *   <li>F16, BF16: half a unit in the last place at most, {@code 2^-11} and {@code 2^-8} of the number; about half of that
     *       typically. Rows beyond the range of F16 must be scaled before, which leaves {@code 2^-25} of the largest number
     *       of the row to all of them.
     *   <li>Blocks: the error that the format's own encoder makes, as root mean square over the block.
     * </ul>
     *
     * @param width of a row
     */
    static double[] noise(Estimate x, int width, Format type) {
        return switch (type) {
            case F32 -> x.noise;
            case F16 -> relative(x, width, 0x1p-12, 0x1p-25);
            case BF16 -> relative(x, width, 0x1p-9, 0);
            default -> blocks(x, width, type);
        };
    }

    /** What the type does to weights that matrix units take in the same type, as a share of each. */
    static double ofWeights(Format type) {
        return switch (type) {
            case F16 -> 0x1p-12;
            case BF16 -> 0x1p-9;
            default -> 0;
        };
    }

    private static double[] relative(Estimate x, int width, double unit, double unitOfRow) {
        double[] noise = new double[x.size()];
        for (int row = 0; row < x.size(); row += width) {
            double most = 0;
            for (int i = row; i < row + width; i++) {
                most = Math.max(most, Math.abs(x.value[i]));
            }
            for (int i = row; i < row + width; i++) {
                noise[i] = Math.hypot(x.noise[i], unit * Math.abs(x.value[i]) + unitOfRow * most);
            }
        }
        return noise;
    }

    private static double[] blocks(Estimate x, int width, Format type) {
        Codec codec = Codecs.of(type);
        if (!codec.encodes()) {
            throw new Claim.Broken("activations are rounded to a type that can be encoded: type=" + type, null);
        }
        // the last block of a row that is no multiple of the block is filled up with zeros
        int padded = Math.ceilDiv(width, type.blockLength()) * type.blockLength();
        float[] row = new float[padded];
        float[] decoded = new float[padded];
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.toIntExact(type.bytes(padded))]);
        double[] noise = new double[x.size()];
        for (int from = 0; from < x.size(); from += width) {
            for (int i = 0; i < width; i++) {
                row[i] = (float) x.value[from + i];
            }
            codec.encode(row, 0, padded, bytes, 0);
            codec.decode(bytes, 0, decoded, 0, padded);
            for (int i = 0; i < width; i++) {
                noise[from + i] = Math.hypot(x.noise[from + i], blockError(row, decoded, i, type.blockLength()));
            }
        }
        return noise;
    }

    private static double blockError(float[] row, float[] decoded, int element, int length) {
        int block = element / length * length;
        double sum = 0;
        for (int i = block; i < block + length; i++) {
            double error = (double) row[i] - decoded[i];
            sum += error * error;
        }
        return Math.sqrt(sum / length);
    }
}
