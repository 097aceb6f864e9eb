package dev.javelin.runtime.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as JSON, in the layout of Python's {@code json.dumps}. */
final class Json {

    /**
     * How JSON is laid out.
     *
     * @param indent what each level is indented by, or null for a single line
     */
    record Layout(@Nullable String indent, String itemSeparator, String keySeparator, boolean ascii, boolean sorted) {}

    private final Layout layout;
    private final Meter meter;
    private final TextBuilder out;
    private int level;

    private Json(Layout layout, Meter meter) {
        this.layout = layout;
        this.meter = meter;
        this.out = new TextBuilder(meter);
    }

    static String of(Object value, Layout layout, Meter meter) {
        Json json = new Json(layout, meter);
        json.add(value);
        return json.out.toString();
    }

    private void add(Object value) {
        meter.step();
        meter.enter(Meter.VALUE);
        try {
            switch (value) {
                case String text -> quote(text);
                case Markup markup -> quote(markup.text());
                case None none -> out.add("null");
                case Boolean bool -> out.add(bool.toString());
                case Long number -> out.add(number.toString());
                case BigInteger number -> out.add(Repr.of(number, meter));
                case Double number -> out.add(real(number));
                case List<?> list -> list(list);
                case Tuple tuple -> list(tuple.items());
                case Dict dict -> dict(dict);
                default ->
                    throw Types.mismatch("JSON has only strings, numbers, booleans, null, lists and mappings", value);
            }
        } finally {
            meter.leave(Meter.VALUE);
        }
    }

    private static String real(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }
        return FloatText.of(number);
    }

    private void list(List<?> items) {
        if (items.isEmpty()) {
            out.add("[]");
            return;
        }
        out.add('[');
        level++;
        String separator = "";
        for (Object item : items) {
            out.add(separator);
            newLine();
            add(item);
            separator = layout.itemSeparator;
        }
        level--;
        newLine();
        out.add(']');
    }

    private void dict(Dict dict) {
        if (dict.size() == 0) {
            out.add("{}");
            return;
        }
        out.add('{');
        level++;
        String separator = "";
        for (Dict.Entry entry : layout.sorted ? sorted(dict) : dict.entries()) {
            out.add(separator);
            newLine();
            quote(key(entry.key()));
            out.add(layout.keySeparator);
            add(entry.value());
            separator = layout.itemSeparator;
        }
        level--;
        newLine();
        out.add('}');
    }

    private Collection<Dict.Entry> sorted(Dict dict) {
        List<Ordering.Keyed> keyed = new ArrayList<>();
        dict.entries().forEach(entry -> keyed.add(new Ordering.Keyed(entry.key(), entry)));
        List<Dict.Entry> entries = new ArrayList<>();
        Ordering.sort(keyed, false, meter).forEach(one -> entries.add((Dict.Entry) one.item()));
        return entries;
    }

    private String key(Object key) {
        return switch (key) {
            case String text -> text;
            case Markup markup -> markup.text();
            case None none -> "null";
            case Boolean bool -> bool.toString();
            case Double number -> real(number);
            case Long number -> number.toString();
            case BigInteger number -> Repr.of(number, meter);
            default -> throw Types.mismatch("a key in JSON is a string, number, boolean or none", key);
        };
    }

    private void newLine() {
        if (layout.indent != null) {
            out.add('\n').repeat(layout.indent, level);
        }
    }

    private void quote(String text) {
        out.add('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\' && (c < 0x80 || !layout.ascii) && (c != 0x7f || !layout.ascii)) {
                continue;
            }
            out.add(text, from, i);
            from = i + 1;
            switch (c) {
                case '"' -> out.add("\\\"");
                case '\\' -> out.add("\\\\");
                case '\n' -> out.add("\\n");
                case '\r' -> out.add("\\r");
                case '\t' -> out.add("\\t");
                case '\f' -> out.add("\\f");
                case '\b' -> out.add("\\b");
                default -> out.add("\\u").add(HexFormat.of().toHexDigits(c));
            }
        }
        out.add(text, from, text.length()).add('"');
    }
}
