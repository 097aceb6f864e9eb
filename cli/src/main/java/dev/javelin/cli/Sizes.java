package dev.javelin.cli;

import java.util.Locale;

/** Numbers as people read them, with powers of ten. */
final class Sizes {
    private Sizes() {}

    /** Bytes. */
    static String text(long bytes) {
        return number((double) bytes, "B");
    }

    /** A count with a unit. */
    static String number(double count, String unit) {
        String[] prefixes = {"", "k", "M", "G", "T", "P"};
        int prefix = 0;
        double scaled = count;
        while (Math.abs(scaled) >= 999.5 && prefix < prefixes.length - 1) {
            scaled /= 1000;
            prefix++;
        }
        String format = prefix == 0 || Math.abs(scaled) >= 99.95 ? "%.0f %s%s" : "%.1f %s%s";
        return String.format(Locale.ROOT, format, scaled, prefixes[prefix], unit)
                .strip();
    }
}
