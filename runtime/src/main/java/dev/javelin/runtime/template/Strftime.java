package dev.javelin.runtime.template;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** {@code strftime_now(format)}: a time in the directives of C and Python, in English. */
final class Strftime {
    private final LocalDateTime time;

    private Strftime(LocalDateTime time) {
        this.time = time;
    }

    static String format(String format, LocalDateTime time, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        Strftime strftime = new Strftime(time);
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                out.add(c);
                continue;
            }
            char flag = 0;
            while (++i < format.length() && "-_0^#".indexOf(format.charAt(i)) >= 0) {
                flag = format.charAt(i);
            }
            if (i == format.length()) {
                throw Fault.render("the time format ends within a directive: format=" + format);
            }
            out.add(strftime.directive(format.charAt(i), flag));
        }
        return out.toString();
    }

    private String directive(char directive, char flag) {
        String text = switch (directive) {
            case 'd' -> number(time.getDayOfMonth(), 2, flag, '0');
            case 'e' -> number(time.getDayOfMonth(), 2, flag, ' ');
            case 'm' -> number(time.getMonthValue(), 2, flag, '0');
            case 'Y' -> String.valueOf(time.getYear());
            case 'y' -> number(Math.floorMod(time.getYear(), 100), 2, flag, '0');
            case 'C' -> number(Math.floorDiv(time.getYear(), 100), 2, flag, '0');
            case 'H' -> number(time.getHour(), 2, flag, '0');
            case 'k' -> number(time.getHour(), 2, flag, ' ');
            case 'I' -> number(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, flag, '0');
            case 'l' -> number(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, flag, ' ');
            case 'M' -> number(time.getMinute(), 2, flag, '0');
            case 'S' -> number(time.getSecond(), 2, flag, '0');
            case 'f' -> number(time.getNano() / 1000, 6, flag, '0');
            case 'j' -> number(time.getDayOfYear(), 3, flag, '0');
            case 'w' -> number(time.getDayOfWeek().getValue() % 7, 1, flag, '0');
            case 'u' -> number(time.getDayOfWeek().getValue(), 1, flag, '0');
            case 'U' -> number((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7, 2, flag, '0');
            case 'W' -> number((time.getDayOfYear() + 6 - (time.getDayOfWeek().getValue() + 6) % 7) / 7, 2, flag, '0');
            case 'V' -> number(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, flag, '0');
            case 'G' -> number(time.get(IsoFields.WEEK_BASED_YEAR), 4, flag, '0');
            case 'g' -> number(time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2, flag, '0');
            case 's' -> String.valueOf(time.toEpochSecond(ZoneOffset.UTC));
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> short3(time.getMonth().name());
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> short3(time.getDayOfWeek().name());
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 'D', 'x' -> all("m", "/", "d", "/", "y");
            case 'F' -> all("Y", "-", "m", "-", "d");
            case 'T', 'X' -> all("H", ":", "M", ":", "S");
            case 'R' -> all("H", ":", "M");
            case 'r' -> all("I", ":", "M", ":", "S", " ", "p");
            case 'c' -> all("a", " ", "b", " ", "e", " ", "T", " ", "Y");
            case 'z', 'Z' -> ""; // Python's time without a zone has none to show
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> throw Fault.render("no such directive in a time format: %" + directive);
        };
        return flag == '^' ? text.toUpperCase(Locale.ROOT) : text;
    }

    /** Letters are directives, what lies between them is text. */
    private String all(String... parts) {
        StringBuilder out = new StringBuilder();
        for (String part : parts) {
            out.append(Character.isLetter(part.charAt(0)) ? directive(part.charAt(0), '\0') : part);
        }
        return out.toString();
    }

    private static String short3(String name) {
        return name.charAt(0) + name.substring(1, 3).toLowerCase(Locale.ROOT);
    }

    private static String number(int value, int width, char flag, char fill) {
        String digits = String.valueOf(value);
        char shown = flag == '_' ? ' ' : flag == '0' ? '0' : fill;
        return flag == '-' ? digits : String.valueOf(shown).repeat(Math.max(0, width - digits.length())) + digits;
    }
}
