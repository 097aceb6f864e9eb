package dev.javelin.runtime.template;

/** {@code text.format(values…)}. */
final class BraceFormat {
    private final String format;
    private final Arguments arguments;
    private final Meter meter;
    private int automatic;

    private BraceFormat(String format, Arguments arguments, Meter meter) {
        this.format = format;
        this.arguments = arguments;
        this.meter = meter;
    }

    static String format(String format, Arguments arguments, Meter meter) {
        return new BraceFormat(format, arguments, meter).expand(format, 2);
    }

    /** A format within a format may only be one level deep. */
    private String expand(String text, int levels) {
        if (levels == 0) {
            throw Fault.render("a format nests too deep: format=" + format);
        }
        TextBuilder out = new TextBuilder(meter);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                out.add(c);
                i++;
            } else if (c == '{') {
                int end = close(text, i);
                out.add(field(text.substring(i + 1, end), levels));
                i = end;
            } else if (c == '}') {
                throw Fault.render("a single } in a format; write }} for a brace");
            } else {
                out.add(c);
            }
        }
        return out.toString();
    }

    private static int close(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw Fault.render("a single { in a format; write {{ for a brace");
    }

    private String field(String field, int levels) {
        int end = 0;
        boolean brackets = false;
        while (end < field.length() && (brackets || (field.charAt(end) != ':' && field.charAt(end) != '!'))) {
            brackets = field.charAt(end) == '[' || (brackets && field.charAt(end) != ']');
            end++;
        }
        Object value = value(field.substring(0, end));
        if (end < field.length() && field.charAt(end) == '!') {
            if (end + 1 >= field.length() || (end + 2 < field.length() && field.charAt(end + 2) != ':')) {
                throw Fault.render("after ! in a format comes s or r: field=" + field);
            }
            value = switch (field.charAt(end + 1)) {
                case 's' -> Text.of(value, meter);
                case 'r', 'a' -> Repr.of(value, meter);
                default -> throw Fault.render("after ! in a format comes s or r: field=" + field);
            };
            end += 2;
        }
        String spec = end < field.length() ? field.substring(end + 1) : "";
        return FormatSpec.apply(value, spec.indexOf('{') >= 0 ? expand(spec, levels - 1) : spec, meter);
    }

    /** What a field such as {@code 0.name[key]} names. */
    private Object value(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        Object value = argument(path.substring(0, end));
        while (end < path.length()) {
            meter.step();
            int start = end + 1;
            if (path.charAt(end) == '.') {
                end = start;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                value = Access.attribute(value, path.substring(start, end), meter);
            } else {
                int close = path.charAt(end) == '[' ? path.indexOf(']', start) : -1;
                if (close < 0) {
                    throw Fault.render("a field of a format is name.attribute[key]: field=" + path);
                }
                String key = path.substring(start, close);
                value = Access.item(value, isNumber(key) ? (Object) Long.valueOf(key) : key, meter);
                end = close + 1;
            }
        }
        return value;
    }

    private Object argument(String name) {
        if (name.isEmpty() || isNumber(name)) {
            long index = name.isEmpty() ? automatic++ : Long.parseLong(name);
            if (index >= arguments.positional().size()) {
                throw Fault.render("format got fewer values than its fields use: values="
                        + arguments.positional().size());
            }
            return arguments.positional().get((int) index);
        }
        Object value = arguments.named().get(name);
        if (value == null) {
            throw Fault.render("format got no value named " + name);
        }
        return value;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
