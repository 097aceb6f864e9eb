package dev.javelin.cuda.ptx;

/**
 * Products of matrices that the lanes of a warp hold together. The manual leaves the order and the rounding of sums open; here
 * products are exact, added in double precision to the sum that came in, and rounded once at the end.
 */
final class MatrixProduct {
    private MatrixProduct() {}

    static void halves(
            Warp warp, MatrixShape shape, HalfFormat format, boolean halfSums, int[] d, int[] a, int[] b, int[] sums) {
        float[][] left = new float[shape.rows()][shape.depth()];
        float[][] right = new float[MatrixShape.COLUMNS][shape.depth()];
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            for (int register = 0; register < a.length; register++) {
                int word = warp.ints[a[register]][lane];
                float[] row = left[shape.rowOfA(lane, register)];
                row[shape.depthOfA(lane, register, 0)] = format.decode(word & 0xffff);
                row[shape.depthOfA(lane, register, 1)] = format.decode(word >>> 16);
            }
            float[] column = right[MatrixShape.columnOfB(lane)];
            for (int register = 0; register < b.length; register++) {
                int word = warp.ints[b[register]][lane];
                column[shape.depthOfB(lane, register, 0)] = format.decode(word & 0xffff);
                column[shape.depthOfB(lane, register, 1)] = format.decode(word >>> 16);
            }
        }
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            for (int number = 0; number < shape.rows() / 4; number++) {
                float[] row = left[MatrixShape.rowOfD(lane, number)];
                float[] column = right[MatrixShape.columnOfD(lane, number)];
                if (halfSums) {
                    int shift = 16 * (number % 2);
                    int word = warp.ints[sums[number / 2]][lane];
                    int result = format.encode(dot(row, column) + format.decode(word >>> shift & 0xffff));
                    int[] target = warp.ints[d[number / 2]];
                    target[lane] = (number % 2 == 0 ? word & ~0xffff : target[lane] & 0xffff) | result << shift;
                } else {
                    double sum = Float.intBitsToFloat(warp.ints[sums[number]][lane]);
                    warp.ints[d[number]][lane] = Float.floatToRawIntBits((float) (dot(row, column) + sum));
                }
            }
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    static void integers(
            Warp warp,
            MatrixShape shape,
            int[] d,
            int[] a,
            int[] b,
            int[] sums,
            boolean signedA,
            boolean signedB,
            boolean saturate) {
        int[][] left = new int[shape.rows()][shape.depth()];
        int[][] right = new int[MatrixShape.COLUMNS][shape.depth()];
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            for (int register = 0; register < a.length; register++) {
                for (int part = 0; part < 4; part++) {
                    left[shape.rowOfA(lane, register)][shape.depthOfA(lane, register, part)] =
                            part(warp.ints[a[register]][lane], part, signedA);
                }
            }
            for (int register = 0; register < b.length; register++) {
                for (int part = 0; part < 4; part++) {
                    right[MatrixShape.columnOfB(lane)][shape.depthOfB(lane, register, part)] =
                            part(warp.ints[b[register]][lane], part, signedB);
                }
            }
        }
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            for (int number = 0; number < shape.rows() / 4; number++) {
                long sum = warp.ints[sums[number]][lane];
                int[] row = left[MatrixShape.rowOfD(lane, number)];
                int[] column = right[MatrixShape.columnOfD(lane, number)];
                for (int i = 0; i < row.length; i++) {
                    sum += (long) row[i] * column[i];
                }
                warp.ints[d[number]][lane] =
                        saturate ? Math.clamp(sum, Integer.MIN_VALUE, Integer.MAX_VALUE) : (int) sum;
            }
        }
    }

    private static int part(int word, int part, boolean signed) {
        int bits = word >>> (8 * part);
        return signed ? (byte) bits : bits & 0xff;
    }
}
