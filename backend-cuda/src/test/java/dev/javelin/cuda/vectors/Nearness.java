package dev.javelin.cuda.vectors;

/**
 * How near a result must be to the one that is expected: the instructions that hardware approximates say so in the manual.
 *
 * @param measure {@code ulp}, {@code abs}, {@code rel}, or nothing for exactly the same
 */
record Nearness(String measure, double most) {
    static final Nearness EXACT = new Nearness("", 0);

    static Nearness of(String text) {
        String[] parts = text.split("=", 2);
        return new Nearness(parts[0], Double.parseDouble(parts[1]));
    }

    String text() {
        return measure.isEmpty() ? "" : " " + measure + "=" + most;
    }

    boolean holds(Width width, long seen, String expected) {
        if (expected.equals("nan")) {
            return isNan(width, seen);
        }
        long wanted = Long.parseUnsignedLong(expected, 16);
        if (measure.isEmpty() || seen == wanted) {
            return seen == wanted;
        }
        float a = Float.intBitsToFloat((int) seen);
        float b = Float.intBitsToFloat((int) wanted);
        double limit = switch (measure) {
            case "ulp" -> most * Math.ulp(b);
            case "rel" -> most * Math.abs(b);
            default -> most;
        };
        return Math.abs((double) a - b) <= limit;
    }

    /** Of 16 bits both formats count: what is none in the one that has fewer bits of mantissa, is none in the other. */
    private static boolean isNan(Width width, long bits) {
        return switch (width) {
            case B16 -> (bits & 0x7fff) > 0x7c00;
            case B32 -> Float.isNaN(Float.intBitsToFloat((int) bits));
            case B64 -> Double.isNaN(Double.longBitsToDouble(bits));
            case PRED -> false;
        };
    }
}
