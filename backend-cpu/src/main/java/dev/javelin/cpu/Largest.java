package dev.javelin.cpu;

/**
 * The indices of the largest of some numbers, in a heap whose root is the one to go first: the least, of equal ones that with
 * the highest index. NaN counts as negative infinity.
 */
final class Largest {
    private final int[] chosen;
    private int count;

    /** Chooses up to {@code most} at a time. For one thread. */
    Largest(int most) {
        this.chosen = new int[most];
    }

    /** Returns the indices of the {@code most} largest of {@code numbers[0..count)}, largest first; until the next call. */
    int[] choose(float[] numbers, int length) {
        count = 0;
        for (int i = 0; i < length; i++) {
            if (count < chosen.length) {
                chosen[count++] = i;
                up(numbers, count - 1);
            } else if (number(numbers[i]) > number(numbers[chosen[0]])) { // of equal ones the first stays
                chosen[0] = i;
                down(numbers, 0);
            }
        }
        while (count > 1) { // the least goes to the end
            swap(0, --count);
            down(numbers, 0);
        }
        return chosen;
    }

    /** What a number counts as. */
    static float number(float number) {
        return Float.isNaN(number) ? Float.NEGATIVE_INFINITY : number;
    }

    private void up(float[] numbers, int from) {
        int child = from;
        while (child > 0 && goesBefore(numbers, child, (child - 1) / 2)) {
            swap(child, (child - 1) / 2);
            child = (child - 1) / 2;
        }
    }

    private void down(float[] numbers, int from) {
        int parent = from;
        while (2 * parent + 1 < count) {
            int child = 2 * parent + 1;
            if (child + 1 < count && goesBefore(numbers, child + 1, child)) {
                child++;
            }
            if (!goesBefore(numbers, child, parent)) {
                return;
            }
            swap(child, parent);
            parent = child;
        }
    }

    private boolean goesBefore(float[] numbers, int a, int b) {
        float first = number(numbers[chosen[a]]);
        float second = number(numbers[chosen[b]]);
        return first < second || (first == second && chosen[a] > chosen[b]);
    }

    private void swap(int a, int b) {
        int moved = chosen[a];
        chosen[a] = chosen[b];
        chosen[b] = moved;
    }
}
