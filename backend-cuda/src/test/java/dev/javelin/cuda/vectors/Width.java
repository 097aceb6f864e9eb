package dev.javelin.cuda.vectors;

import java.util.Locale;

/** What a register of a vector is, and how it travels through memory: in cells of eight bytes. */
enum Width {
    B16(4),
    B32(8),
    B64(16),
    PRED(1);

    private final int digits;

    Width(int digits) {
        this.digits = digits;
    }

    static Width named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text(long bits) {
        long mask = digits == 16 ? -1 : (1L << (4 * digits)) - 1;
        return ("%0" + digits + "x").formatted(bits & mask);
    }

    /** Declares a register. */
    String declaration(String register) {
        return ".reg ." + type() + " " + register + ";";
    }

    /** Loads a register; a predicate through another one. */
    String load(String register, String address) {
        return switch (this) {
            case PRED -> "ld.global.u32 %word, [" + address + "]; setp.ne.u32 " + register + ", %word, 0;";
            default -> "ld.global." + type() + " " + register + ", [" + address + "];";
        };
    }

    String store(String register, String address) {
        return switch (this) {
            case PRED -> "selp.u32 %word, 1, 0, " + register + "; st.global.u32 [" + address + "], %word;";
            default -> "st.global." + type() + " [" + address + "], " + register + ";";
        };
    }
}
