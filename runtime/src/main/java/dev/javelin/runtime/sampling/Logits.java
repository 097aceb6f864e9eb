package dev.javelin.runtime.sampling;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The logits of one step: a copy, because bias and penalties change it, with the greatest rank of every block of
 * {@value Block#LENGTH}. Looking for what is above a bound then reads few blocks.
 */
final class Logits {

    private static final int BLOCK = Block.LENGTH;

    private final int[] bits;
    private final int[] highest;
    private final boolean[] changed;
    private final double[] masses;
    private final Block block = new Block();
    private int greatest;

    Logits(int size) {
        bits = new int[size];
        int blocks = (size + BLOCK - 1) / BLOCK;
        highest = new int[blocks];
        changed = new boolean[blocks];
        masses = new double[blocks];
    }

    int size() {
        return bits.length;
    }

    /** The rank of the greatest logit, or of a NaN. */
    int greatest() {
        return greatest;
    }

    int rank(int token) {
        return Rank.of(bits[token]);
    }

    float get(int token) {
        return Float.intBitsToFloat(bits[token]);
    }

    void load(float[] logits) {
        for (int block = 0; block < highest.length; block++) {
            int end = end(block);
            for (int i = block * BLOCK; i < end; i++) {
                bits[i] = Float.floatToRawIntBits(logits[i]);
            }
            highest[block] = highest(block);
        }
        greatest = highestBlock();
    }

    void load(MemorySegment logits, long offset) {
        for (int block = 0; block < highest.length; block++) {
            int begin = block * BLOCK;
            long from = offset + (long) begin * Float.BYTES;
            // while the block is in the innermost cache
            MemorySegment.copy(logits, ValueLayout.JAVA_INT_UNALIGNED, from, bits, begin, end(block) - begin);
            highest[block] = highest(block);
        }
        greatest = highestBlock();
    }

    /** One of the logits at an offset. */
    static float at(MemorySegment logits, long offset, int token) {
        return logits.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset + (long) token * Float.BYTES);
    }

    /** Changes one logit; {@link #refresh()} has to be called after the last one. */
    void set(int token, float value) {
        bits[token] = Float.floatToRawIntBits(value);
        changed[token / BLOCK] = true;
    }

    void refresh() {
        for (int block = 0; block < highest.length; block++) {
            if (changed[block]) {
                changed[block] = false;
                highest[block] = highest(block);
            }
        }
        greatest = highestBlock();
    }

    /** The first token with the greatest logit. */
    int first() {
        int block = 0;
        while (highest[block] != greatest) {
            block++;
        }
        int token = block * BLOCK;
        while (rank(token) != greatest) {
            token++;
        }
        return token;
    }

    /** Lists the tokens of at least a rank, in the order of their ids. */
    int list(int least, Keys keys) {
        int size = 0;
        for (int block = 0; block < highest.length; block++) {
            if (highest[block] >= least) {
                int end = end(block);
                long[] array = keys.room(size + BLOCK);
                for (int token = block * BLOCK; token < end; token++) {
                    int rank = rank(token);
                    if (rank >= least) {
                        array[size++] = Key.of(rank, token);
                    }
                }
            }
        }
        return size;
    }

    /** A rank that at least {@code k} finite logits reach, if there are so many: it comes from the greatest of each block. */
    int boundOfTop(int k, Selection selection, Keys keys) {
        int blocks = highest.length;
        if (k > blocks) {
            return Rank.LOWEST + 1;
        }
        long[] array = keys.room(blocks);
        for (int block = 0; block < blocks; block++) {
            array[block] = Key.of(highest[block], block);
        }
        selection.count(k).find(array, blocks);
        return Math.max(Key.rank(selection.last()), Rank.LOWEST + 1);
    }

    /** The logit that is {@code n} standard deviations below the greatest. Minus infinities do not count. */
    double sigmaBound(double n) {
        int finite = count(Rank.LOWEST + 1);
        double sum = 0;
        for (int i = 0; i < masses.length; i++) {
            sum += block(i).sum();
        }
        double mean = sum / finite;
        double squares = 0;
        for (int i = 0; i < masses.length; i++) {
            squares += block(i).squares(mean);
        }
        return Rank.toFloat(greatest) - n * Math.sqrt(squares / finite);
    }

    /** The sum of {@code exp((logit - greatest) * scale)}; {@link #draw} uses the sums of the blocks. */
    double mass(double scale) {
        double top = Rank.toFloat(greatest);
        double total = 0;
        for (int i = 0; i < masses.length; i++) {
            masses[i] = block(i).mass(top, scale);
            total += masses[i];
        }
        return total;
    }

    /** The sum of {@code (logit - greatest) * exp(logit - greatest)}. */
    double moment() {
        double top = Rank.toFloat(greatest);
        double moment = 0;
        for (int i = 0; i < masses.length; i++) {
            moment += block(i).moment(top);
        }
        return moment;
    }

    /** The token, by id, at which the sum of weights exceeds {@code target}; {@link #mass} was called with the same scale. */
    int draw(double target, double scale) {
        double greatestLogit = Rank.toFloat(greatest);
        double sum = 0;
        int likely = 0;
        for (int block = 0; block < masses.length; block++) {
            if (masses[block] > 0) {
                likely = block;
                if (sum + masses[block] > target) {
                    break;
                }
                sum += masses[block];
            }
        }
        // rounding may leave the last block without a token that exceeds the target: then it is its last possible one
        int chosen = likely * BLOCK;
        int end = end(likely);
        for (int token = likely * BLOCK; token < end; token++) {
            double weight = Exp.of((get(token) - greatestLogit) * scale);
            if (weight > 0) {
                chosen = token;
                sum += weight;
                if (sum > target) {
                    break;
                }
            }
        }
        return chosen;
    }

    /** How many logits have a rank of at least {@code least}. */
    int count(int least) {
        int count = 0;
        for (int word : bits) {
            count += Rank.of(word) >= least ? 1 : 0;
        }
        return count;
    }

    /** The first token with a rank above infinity. */
    int firstNaN() {
        int token = 0;
        while (rank(token) <= Rank.INFINITE) {
            token++;
        }
        return token;
    }

    private Block block(int index) {
        block.load(bits, index * BLOCK, end(index));
        return block;
    }

    private int end(int block) {
        return Math.min(bits.length, (block + 1) * BLOCK);
    }

    private int highest(int block) {
        return highest(bits, block * BLOCK, end(block));
    }

    /** On its own, so that the JIT sees a plain loop. */
    private static int highest(int[] bits, int begin, int end) {
        int highest = Rank.LOWEST;
        for (int i = begin; i < end; i++) {
            highest = Math.max(highest, Rank.of(bits[i]));
        }
        return highest;
    }

    private int highestBlock() {
        int result = Rank.LOWEST;
        for (int rank : highest) {
            result = Math.max(result, rank);
        }
        return result;
    }
}
