package dev.javelin.runtime.template;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Values as Python writes them in lists and mappings: strings in quotes, {@code True}, {@code None}. */
final class Repr {
    private final TextBuilder out;
    private final Meter meter;

    private Repr(Meter meter) {
        this.out = new TextBuilder(meter);
        this.meter = meter;
    }

    static String of(Object value, Meter meter) {
        Repr repr = new Repr(meter);
        repr.add(value);
        return repr.out.toString();
    }

    private void add(Object value) {
        meter.step();
        meter.enter(Meter.VALUE);
        try {
            switch (value) {
                case String text -> quote(text);
                case Boolean bool -> out.add(bool ? "True" : "False");
                case None none -> out.add("None");
                case Long number -> out.add(number.toString());
                case BigInteger number -> {
                    meter.digits(number.bitLength() / 3);
                    out.add(number.toString());
                }
                case Double number -> out.add(FloatText.of(number));
                case List<?> list -> items("[", list, "]");
                case Tuple tuple -> items("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
                case Dict dict -> entries(dict);
                case DictView view ->
                    items("dict_" + view.kind().name().toLowerCase(Locale.ROOT) + "([", view.items(), "])");
                case Undefined undefined -> out.add("Undefined");
                case Markup markup -> {
                    out.add("Markup(");
                    quote(markup.text());
                    out.add(")");
                }
                case Range range ->
                    out.add("range(" + range.start() + ", " + range.stop()
                            + (range.step() == 1 ? "" : ", " + range.step()) + ")");
                case Namespace namespace -> namespace(namespace);
                case Callable callable -> out.add(callable.label());
                default -> throw Fault.render(Types.article(value) + " has no text; use |list to see its items");
            }
        } finally {
            meter.leave(Meter.VALUE);
        }
    }

    private void items(String open, List<?> items, String close) {
        out.add(open);
        String comma = "";
        for (Object item : items) {
            out.add(comma);
            add(item);
            comma = ", ";
        }
        out.add(close);
    }

    private void entries(Dict dict) {
        out.add("{");
        String comma = "";
        for (Dict.Entry entry : dict.entries()) {
            out.add(comma);
            add(entry.key());
            out.add(": ");
            add(entry.value());
            comma = ", ";
        }
        out.add("}");
    }

    private void namespace(Namespace namespace) {
        out.add("<Namespace {");
        String comma = "";
        for (var attribute : namespace.attributes().entrySet()) {
            out.add(comma);
            quote(attribute.getKey());
            out.add(": ");
            add(attribute.getValue());
            comma = ", ";
        }
        out.add("}>");
    }

    private void quote(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.add(quote);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '\n' -> out.add("\\n");
                case '\r' -> out.add("\\r");
                case '\t' -> out.add("\\t");
                case '\\' -> out.add("\\\\");
                default -> {
                    if (c == quote) {
                        out.add('\\').add(quote);
                    } else if (c < 0x7f && c >= 0x20) {
                        out.add((char) c);
                    } else if (Chars.isPrintable(c)) {
                        out.addCodePoint(c);
                    } else {
                        escape(c);
                    }
                }
            }
        }
        out.add(quote);
    }

    private void escape(int c) {
        HexFormat hex = HexFormat.of();
        if (c < 0x100) {
            out.add("\\x").add(hex.toHexDigits((byte) c));
        } else if (c < 0x10000) {
            out.add("\\u").add(hex.toHexDigits((char) c));
        } else {
            out.add("\\U").add(hex.toHexDigits(c));
        }
    }
}
