package dev.javelin.kernels.reference;

/** Finds the largest of some numbers in order. NaN counts as negative infinity. */
final class Largest {
    private Largest() {}

    /** Fills {@code chosen} with the indices of the largest numbers, largest first, of equal ones the lowest index first. */
    static void choose(double[] numbers, int[] chosen) {
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            int place = count;
            while (place > 0 && number(numbers[i]) > number(numbers[chosen[place - 1]])) {
                place--;
            }
            if (place < chosen.length) {
                count = Math.min(count + 1, chosen.length);
                System.arraycopy(chosen, place, chosen, place + 1, count - place - 1);
                chosen[place] = i;
            }
        }
    }

    /** What a number counts as. */
    static double number(double number) {
        return Double.isNaN(number) ? Double.NEGATIVE_INFINITY : number;
    }
}
