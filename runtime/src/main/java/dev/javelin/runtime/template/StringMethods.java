package dev.javelin.runtime.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of strings. */
final class StringMethods {

    private static final Set<String> ESCAPING = Set.of("replace", "join", "format", "ljust", "rjust", "center");

    private static final Map<String, Method<String>> ALL = Map.ofEntries(
            Map.entry("strip", (meter, self, arguments) -> strip(meter, self, arguments, true, true)),
            Map.entry("lstrip", (meter, self, arguments) -> strip(meter, self, arguments, true, false)),
            Map.entry("rstrip", (meter, self, arguments) -> strip(meter, self, arguments, false, true)),
            Map.entry("startswith", (meter, self, arguments) -> affix("startswith", meter, self, arguments)),
            Map.entry("endswith", (meter, self, arguments) -> affix("endswith", meter, self, arguments)),
            Map.entry("split", StringMethods::split),
            Map.entry("rsplit", StringMethods::splitFromRight),
            Map.entry(
                    "splitlines",
                    (meter, self, arguments) -> Strings.lines(
                            self, arguments.bind("splitlines", "keepends?").truth(0, false), meter)),
            Map.entry("partition", (meter, self, arguments) -> partition(meter, self, arguments, false)),
            Map.entry("rpartition", (meter, self, arguments) -> partition(meter, self, arguments, true)),
            Map.entry("replace", StringMethods::replace),
            Map.entry(
                    "join",
                    (meter, self, arguments) -> Strings.join(
                            self, Items.list(arguments.bind("join", "items").value(0), meter), meter)),
            Map.entry("format", (meter, self, arguments) -> BraceFormat.format(self, arguments, meter)),
            Map.entry("upper", plain("upper", Strings::upper)),
            Map.entry("lower", plain("lower", Strings::lower)),
            Map.entry(
                    "casefold",
                    plain(
                            "casefold",
                            (text, meter) -> Strings.lower(Strings.upper(Strings.lower(text, meter), meter), meter))),
            Map.entry("capitalize", plain("capitalize", Strings::capitalize)),
            Map.entry("title", plain("title", Strings::title)),
            Map.entry("swapcase", plain("swapcase", Strings::swapCase)),
            Map.entry("find", (meter, self, arguments) -> find("find", meter, self, arguments)),
            Map.entry("rfind", (meter, self, arguments) -> find("rfind", meter, self, arguments)),
            Map.entry("index", (meter, self, arguments) -> index("index", "find", meter, self, arguments)),
            Map.entry("rindex", (meter, self, arguments) -> index("rindex", "rfind", meter, self, arguments)),
            Map.entry("count", StringMethods::count),
            Map.entry("removeprefix", (meter, self, arguments) -> {
                String prefix = arguments.bind("removeprefix", "prefix").text(0);
                return self.startsWith(prefix) ? Strings.cut(self, prefix.length(), self.length(), meter) : self;
            }),
            Map.entry("removesuffix", (meter, self, arguments) -> {
                String suffix = arguments.bind("removesuffix", "suffix").text(0);
                return self.endsWith(suffix) ? Strings.cut(self, 0, self.length() - suffix.length(), meter) : self;
            }),
            Map.entry("zfill", StringMethods::zeroFill),
            Map.entry("ljust", (meter, self, arguments) -> justify("ljust", meter, self, arguments)),
            Map.entry("rjust", (meter, self, arguments) -> justify("rjust", meter, self, arguments)),
            Map.entry("center", (meter, self, arguments) -> justify("center", meter, self, arguments)),
            Map.entry("expandtabs", StringMethods::expandTabs),
            Map.entry("isdigit", (meter, self, arguments) -> Chars.all(self, Chars::isDigit, meter)),
            Map.entry("isdecimal", (meter, self, arguments) -> Chars.all(self, Chars::isDecimal, meter)),
            Map.entry("isnumeric", (meter, self, arguments) -> Chars.all(self, Chars::isNumeric, meter)),
            Map.entry("isalpha", (meter, self, arguments) -> Chars.all(self, Chars::isLetter, meter)),
            Map.entry(
                    "isalnum",
                    (meter, self, arguments) -> Chars.all(self, c -> Chars.isLetter(c) || Chars.isNumeric(c), meter)),
            Map.entry("isspace", (meter, self, arguments) -> Chars.all(self, Chars::isSpace, meter)),
            Map.entry("isascii", (meter, self, arguments) -> self.isEmpty() || Chars.all(self, c -> c < 0x80, meter)),
            Map.entry(
                    "isprintable",
                    (meter, self, arguments) -> self.isEmpty() || Chars.all(self, Chars::isPrintable, meter)),
            Map.entry(
                    "isidentifier",
                    (meter, self, arguments) -> !self.isEmpty()
                            && (self.charAt(0) == '_' || Chars.isLetter(self.codePointAt(0)))
                            && Chars.all(self, Chars::isWord, meter)),
            Map.entry("islower", (meter, self, arguments) -> Case.isLower(self, meter)),
            Map.entry("isupper", (meter, self, arguments) -> Case.isUpper(self, meter)),
            Map.entry("istitle", (meter, self, arguments) -> Case.isTitle(self, meter)));

    private StringMethods() {}

    private interface Change {
        String apply(String text, Meter meter);
    }

    static @Nullable Method<String> of(String name) {
        return ALL.get(name);
    }

    static boolean escapesArguments(String name) {
        return ESCAPING.contains(name);
    }

    private static Method<String> plain(String name, Change change) {
        return (meter, self, arguments) -> {
            arguments.bind(name);
            return change.apply(self, meter);
        };
    }

    private static String strip(Meter meter, String self, Arguments arguments, boolean left, boolean right) {
        Bound bound = arguments.bind("strip", "chars?");
        return Strings.strip(self, Ends.of(left, right, bound.given(0) ? bound.text(0) : null), meter);
    }

    private static boolean affix(String name, Meter meter, String self, Arguments arguments) {
        Bound bound = arguments.bind(name, "affix", "start?", "end?");
        boolean all = !bound.given(1) && !bound.given(2);
        String part = all ? self : part(self, bound, 1, meter);
        if (bound.value(0) instanceof Tuple tuple) {
            for (Object affix : tuple.items()) {
                if (!Text.is(affix)) {
                    throw Types.mismatch(name + " takes a string or a tuple of strings", affix);
                }
                if (part != null && matches(name, part, Text.string(affix), meter)) {
                    return true;
                }
            }
            return false;
        }
        String affix = bound.text(0);
        return part != null && matches(name, part, affix, meter);
    }

    private static boolean matches(String name, String text, String affix, Meter meter) {
        meter.work(affix.length());
        return name.equals("startswith") ? text.startsWith(affix) : text.endsWith(affix);
    }

    /** What lies between the bounds given as arguments {@code first} and the next, or null if they are crossed. */
    private static @Nullable String part(String self, Bound bound, int first, Meter meter) {
        int length = Strings.length(self, meter);
        long start = place(bound.given(first) ? bound.integer(first) : 0, length);
        long end = Math.min(place(bound.given(first + 1) ? bound.integer(first + 1) : length, length), length);
        return start > end ? null : self.substring(Strings.offset(self, start), Strings.offset(self, end));
    }

    private static long place(long index, int length) {
        return index < 0 ? Math.max(0, index + length) : index;
    }

    private static long most(Bound bound) {
        long most = bound.integer(1, -1);
        return most < 0 ? Long.MAX_VALUE : most;
    }

    private static Object split(Meter meter, String self, Arguments arguments) {
        Bound bound = arguments.bind("split", "sep?", "maxsplit?");
        return bound.given(0)
                ? Strings.split(self, bound.text(0), most(bound), meter)
                : Strings.words(self, most(bound), meter);
    }

    private static Object splitFromRight(Meter meter, String self, Arguments arguments) {
        Bound bound = arguments.bind("rsplit", "sep?", "maxsplit?");
        return bound.given(0)
                ? Strings.splitFromRight(self, bound.text(0), most(bound), meter)
                : Strings.wordsFromRight(self, most(bound), meter);
    }

    private static Object partition(Meter meter, String self, Arguments arguments, boolean last) {
        String separator = arguments.bind("partition", "sep").text(0);
        List<Object> parts =
                last ? Strings.splitFromRight(self, separator, 1, meter) : Strings.split(self, separator, 1, meter);
        if (parts.size() == 2) {
            return Tuple.of(parts.get(0), separator, parts.get(1));
        }
        return last ? Tuple.of("", "", self) : Tuple.of(self, "", "");
    }

    private static Object replace(Meter meter, String self, Arguments arguments) {
        Bound bound = arguments.bind("replace", "old", "new", "count?");
        long most = bound.integer(2, -1);
        return new Search(bound.text(0), meter).replace(self, bound.text(1), most < 0 ? Long.MAX_VALUE : most);
    }

    private static long find(String name, Meter meter, String self, Arguments arguments) {
        Bound bound = arguments.bind(name, "sub", "start?", "end?");
        String sub = bound.text(0);
        int length = Strings.length(self, meter);
        long first = place(bound.given(1) ? bound.integer(1) : 0, length);
        String part = part(self, bound, 1, meter);
        if (part == null) {
            return -1;
        }
        Search search = new Search(sub, meter);
        int found = name.equals("find") ? search.in(part, 0) : search.lastIn(part, part.length());
        return found < 0 ? -1 : first + part.codePointCount(0, found);
    }

    private static long index(String name, String find, Meter meter, String self, Arguments arguments) {
        long found = find(find, meter, self, arguments);
        if (found < 0) {
            throw Fault.render(name + " did not find the string; use find, which gives -1");
        }
        return found;
    }

    private static Object count(Meter meter, String self, Arguments arguments) {
        Bound bound = arguments.bind("count", "sub", "start?", "end?");
        String sub = bound.text(0);
        String part = part(self, bound, 1, meter);
        return part == null ? 0L : (long) new Search(sub, meter).count(part, 0, part.length());
    }

    private static Object zeroFill(Meter meter, String self, Arguments arguments) {
        long missing = arguments.bind("zfill", "width").integer(0) - Strings.length(self, meter);
        boolean signed = self.startsWith("-") || self.startsWith("+");
        String sign = signed ? self.substring(0, 1) : "";
        return missing <= 0 ? self : sign + Strings.pad(self.substring(sign.length()), missing, 0, "0", meter);
    }

    private static Object justify(String name, Meter meter, String self, Arguments arguments) {
        Bound bound = arguments.bind(name, "width", "fillchar?");
        long width = bound.integer(0);
        long missing = width - Strings.length(self, meter);
        String fill = bound.text(1, " ");
        return switch (name) {
            case "ljust" -> Strings.pad(self, 0, missing, fill, meter);
            case "rjust" -> Strings.pad(self, missing, 0, fill, meter);
            default -> centered(self, width, fill, meter);
        };
    }

    /** Python puts the odd blank to the left only if the width is odd too. */
    static String centered(String text, long width, String fill, Meter meter) {
        long missing = Math.max(0, width - Strings.length(text, meter));
        long left = missing / 2 + (missing & width & 1);
        return Strings.pad(text, left, missing - left, fill, meter);
    }

    private static Object expandTabs(Meter meter, String self, Arguments arguments) {
        long width = arguments.bind("expandtabs", "tabsize?").integer(0, 8);
        TextBuilder out = new TextBuilder(meter);
        long column = 0;
        for (int i = 0; i < self.length(); i++) {
            char c = self.charAt(i);
            if (c == '\t') {
                long blanks = width <= 0 ? 0 : width - column % width;
                out.repeat(" ", blanks);
                column += blanks;
            } else {
                out.add(c);
                column = c == '\n' || c == '\r' ? 0 : Character.isLowSurrogate(c) ? column : column + 1;
            }
        }
        return out.toString();
    }
}
