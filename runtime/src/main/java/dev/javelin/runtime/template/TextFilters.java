package dev.javelin.runtime.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The filters on text; whatever comes in is made text first. */
final class TextFilters {

    static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("string", (meter, value, arguments) -> keep("string", meter, value, arguments)),
            Map.entry("upper", plain("upper", Strings::upper)),
            Map.entry("lower", plain("lower", Strings::lower)),
            Map.entry("capitalize", plain("capitalize", Strings::capitalize)),
            Map.entry("title", plain("title", TextFilters::title)),
            Map.entry("trim", (meter, value, arguments) -> {
                Bound bound = arguments.bind("trim", "chars?");
                Ends ends = Ends.of(true, true, bound.given(0) ? bound.text(0) : null);
                return like(value, Strings.strip(Text.of(value, meter), ends, meter));
            }),
            Map.entry("replace", TextFilters::replace),
            Map.entry(
                    "center",
                    (meter, value, arguments) -> like(
                            value,
                            StringMethods.centered(
                                    Text.of(value, meter),
                                    arguments.bind("center", "width?").integer(0, 80),
                                    " ",
                                    meter))),
            Map.entry("indent", TextFilters::indent),
            Map.entry("truncate", TextFilters::truncate),
            Map.entry("wordcount", (meter, value, arguments) -> {
                arguments.bind("wordcount");
                return words(Text.of(value, meter), meter);
            }),
            Map.entry("format", TextFilters::format),
            Map.entry("safe", (meter, value, arguments) -> {
                arguments.bind("safe");
                return new Markup(Text.of(value, meter));
            }),
            Map.entry("escape", TextFilters::escape),
            Map.entry("e", TextFilters::escape),
            Map.entry("forceescape", (meter, value, arguments) -> {
                arguments.bind("forceescape");
                return new Markup(Markup.escape(Text.of(value, meter), meter));
            }),
            Map.entry("urlencode", TextFilters::urlEncode),
            Map.entry("xmlattr", TextFilters::xmlAttributes),
            Map.entry("tojson", TextFilters::toJson));

    private TextFilters() {}

    private interface Change {
        String apply(String text, Meter meter);
    }

    private static Filter plain(String name, Change change) {
        return (meter, value, arguments) -> {
            arguments.bind(name);
            return like(value, change.apply(Text.of(value, meter), meter));
        };
    }

    /** Safe if the value was. */
    private static Object like(Object value, String text) {
        return value instanceof Markup ? new Markup(text) : text;
    }

    private static Object keep(String name, Meter meter, Object value, Arguments arguments) {
        arguments.bind(name);
        return value instanceof Markup ? value : Text.of(value, meter);
    }

    /** Capitalizes what follows a blank, a hyphen or an opening bracket. */
    private static String title(String text, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        boolean first = true;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            String one = Character.toString(c);
            meter.step();
            boolean border = Chars.isSpace(c) || "-({[<".indexOf(c) >= 0;
            out.add(first ? one.toUpperCase(Locale.ROOT) : one.toLowerCase(Locale.ROOT));
            first = border;
        }
        return out.toString();
    }

    private static Object replace(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("replace", "old", "new", "count?");
        long most = bound.given(2) ? bound.integer(2) : -1;
        return new Search(Text.of(bound.value(0), meter), meter)
                .replace(Text.of(value, meter), Text.of(bound.value(1), meter), most < 0 ? Long.MAX_VALUE : most);
    }

    private static Object indent(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("indent", "width?", "first?", "blank?");
        if (!Text.is(value)) {
            throw Types.mismatch("indent takes a string", value);
        }
        String by = bound.has(0) && Text.is(bound.value(0))
                ? bound.text(0)
                : new TextBuilder(meter).repeat(" ", bound.integer(0, 4)).toString();
        List<Object> lines = Strings.lines(Text.string(value) + "\n", false, meter);
        TextBuilder out = new TextBuilder(meter);
        boolean blank = bound.truth(2, false);
        for (int i = 0; i < lines.size(); i++) {
            String line = (String) lines.get(i);
            boolean indented = i == 0 ? bound.truth(1, false) : blank || !line.isEmpty();
            out.add(i == 0 ? "" : "\n").add(indented ? by : "").add(line);
        }
        return like(value, out.toString());
    }

    private static Object truncate(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("truncate", "length?", "killwords?", "end?", "leeway?");
        long length = bound.integer(0, 255);
        String end = bound.text(2, "...");
        long leeway = bound.given(3) ? bound.integer(3) : 5;
        if (length < Strings.length(end, meter) || leeway < 0) {
            throw Fault.render("truncate needs a length of at least that of its end, and a leeway of at least 0: "
                    + "length=%d, end=%d, leeway=%d".formatted(length, Strings.length(end, meter), leeway));
        }
        if (!Text.is(value)) {
            int size = Items.size(value);
            if (size >= 0 && size <= length + leeway) {
                return value;
            }
            throw Types.mismatch("truncate takes a string", value);
        }
        String text = Text.string(value);
        if (Strings.length(text, meter) <= length + leeway) {
            return value;
        }
        String start = text.substring(0, Strings.offset(text, length - Strings.length(end, meter)));
        int blank = start.lastIndexOf(' ');
        boolean whole = bound.truth(1, false) || blank < 0;
        return new TextBuilder(meter)
                .add(whole ? start : start.substring(0, blank))
                .add(end)
                .toString();
    }

    private static long words(String text, Meter meter) {
        meter.work(2L * text.length());
        long words = 0;
        boolean within = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            boolean word = Chars.isWord(text.codePointAt(i));
            words += word && !within ? 1 : 0;
            within = word;
        }
        return words;
    }

    private static Object format(Meter meter, Object value, Arguments arguments) {
        if (!arguments.named().isEmpty() && !arguments.positional().isEmpty()) {
            throw Fault.render("format takes values by place or by name, not both");
        }
        Object values = Tuple.of(arguments.positional());
        if (!arguments.named().isEmpty()) {
            Dict dict = new Dict();
            arguments.named().forEach(dict::put);
            values = dict;
        }
        return Arithmetic.apply(Operator.MODULO, keep("format", meter, value, Arguments.NONE), values, meter);
    }

    private static Object escape(Meter meter, Object value, Arguments arguments) {
        arguments.bind("escape");
        return new Markup(Markup.of(value, meter));
    }

    private static Object urlEncode(Meter meter, Object value, Arguments arguments) {
        arguments.bind("urlencode");
        if (Text.is(value) || !Items.iterable(value)) {
            return percent(Text.of(value, meter), false, meter);
        }
        TextBuilder out = new TextBuilder(meter);
        for (Object pair : value instanceof Dict dict ? dict.items() : Items.list(value, meter)) {
            List<Object> parts = Items.list(pair, meter);
            if (parts.size() != 2) {
                throw Fault.render("urlencode takes a string, a mapping or a list of pairs");
            }
            out.add(out.length() == 0 ? "" : "&")
                    .add(percent(Text.of(parts.get(0), meter), true, meter))
                    .add("=")
                    .add(percent(Text.of(parts.get(1), meter), true, meter));
        }
        return out.toString();
    }

    private static String percent(String text, boolean query, Meter meter) {
        meter.text(2L * text.length());
        TextBuilder out = new TextBuilder(meter);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (plain || "_.-~".indexOf(b) >= 0 || (b == '/' && !query)) {
                out.add((char) b);
            } else if (b == ' ' && query) {
                out.add('+');
            } else {
                out.add('%').add(hex(b >> 4)).add(hex(b));
            }
        }
        return out.toString();
    }

    private static char hex(int nibble) {
        return "0123456789ABCDEF".charAt(nibble & 15);
    }

    private static Object xmlAttributes(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("xmlattr", "autospace?");
        if (!(value instanceof Dict dict)) {
            throw Types.mismatch("xmlattr takes a mapping", value);
        }
        TextBuilder out = new TextBuilder(meter);
        for (Dict.Entry entry : dict.entries()) {
            if (entry.value() == None.NONE || entry.value() instanceof Undefined) {
                continue;
            }
            String key = Text.of(entry.key(), meter);
            if (key.chars().anyMatch(c -> " \t\n\u000b\f\r/>=".indexOf(c) >= 0)) {
                throw Fault.render("an attribute of XML has no such name: name=" + Repr.of(key, meter));
            }
            boolean space = out.length() > 0 || bound.truth(0, true);
            out.add(space ? " " : "").add(Markup.escape(key, meter));
            out.add("=\"").add(Markup.of(entry.value(), meter)).add("\"");
        }
        return out.toString();
    }

    private static Object toJson(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("tojson", "ensure_ascii?", "indent?", "separators?", "sort_keys?");
        String indent = null;
        if (bound.given(1)) {
            indent = Text.is(bound.value(1))
                    ? bound.text(1)
                    : new TextBuilder(meter).repeat(" ", bound.integer(1)).toString();
        }
        String items = indent == null ? ", " : ",";
        String keys = ": ";
        if (bound.given(2)) {
            List<Object> separators = Items.list(bound.value(2), meter);
            if (separators.size() != 2 || !Text.is(separators.get(0)) || !Text.is(separators.get(1))) {
                throw Fault.render("the separators of tojson are two strings, as in (',', ':')");
            }
            items = Text.string(separators.get(0));
            keys = Text.string(separators.get(1));
        }
        Json.Layout layout = new Json.Layout(indent, items, keys, bound.truth(0, false), bound.truth(3, false));
        return Json.of(value, layout, meter);
    }
}
