package dev.javelin.conformance.broken;

/** What stands in place of an element of an operand. Elements are given by their bits. */
enum Change {
    /** For what is read: as in the run before. */
    UNTOUCHED("left as it was") {
        @Override
        int bits(Numbers right, int before, int row, int column) {
            return before;
        }
    },
    ZERO("taken for 0") {
        @Override
        int bits(Numbers right, int before, int row, int column) {
            return 0;
        }
    },
    FIRST_ROW("taken from the first row") {
        @Override
        int bits(Numbers right, int before, int row, int column) {
            return right.get(0, column);
        }
    },
    NEXT_COLUMN("taken from the next column") {
        @Override
        int bits(Numbers right, int before, int row, int column) {
            return right.get(row, (column + 1) % right.columns());
        }
    },
    NAN("NaN") {
        @Override
        int bits(Numbers right, int before, int row, int column) {
            return Float.floatToRawIntBits(Float.NaN);
        }
    },
    HALF("rounded to F16") {
        @Override
        int bits(Numbers right, int before, int row, int column) {
            float value = Float.intBitsToFloat(right.get(row, column));
            return Float.floatToRawIntBits(Float.float16ToFloat(Float.floatToFloat16(value)));
        }
    },
    BRAIN("rounded to BF16") {
        @Override
        int bits(Numbers right, int before, int row, int column) {
            return right.get(row, column) + 0x8000 & 0xFFFF_0000;
        }
    },
    CLAMPED("clamped to the range of F16") {
        @Override
        int bits(Numbers right, int before, int row, int column) {
            float value = Float.intBitsToFloat(right.get(row, column));
            return Float.floatToRawIntBits(Math.clamp(value, -65504, 65504));
        }
    };

    private final String words;

    Change(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Whether it makes sense for floats alone. */
    boolean floating() {
        return switch (this) {
            case UNTOUCHED, ZERO, FIRST_ROW, NEXT_COLUMN -> false;
            case NAN, HALF, BRAIN, CLAMPED -> true;
        };
    }

    /**
     * The bits of one element.
     *
     * @param before what was there
     */
    abstract int bits(Numbers right, int before, int row, int column);
}
