package dev.javelin.kernels.opencl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a kernel's file as a lint sees it: without comments, without the parts that are built only for devices that say
 * they can do more, and its functions one by one.
 */
final class KernelText {
    private static final Pattern COMMENT = Pattern.compile("//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("#define\\s+(\\w+)\\s+(\\d+)[ \t]*\\n");
    private static final Pattern NAME = Pattern.compile("(\\w+)\\s*\\($");

    /** Macros of what devices may have; what stands under them is a variant. */
    private static final Set<String> VARIANTS = Set.of("HALF_ARITHMETIC", "SUBGROUPS", "INTEGER_DOT");

    /** A function: everything from the end of the one before, and its body with braces. */
    record Function(String name, boolean kernel, String head, String body) {}

    private final String code;
    private final Map<String, Long> macros = new HashMap<>();
    private final List<Function> functions = new ArrayList<>();

    /** @param defines what the text is built with */
    KernelText(String text, Map<String, String> defines) {
        String plain = COMMENT.matcher(text).replaceAll(" ").replace("\\\n", " ");
        Matcher numbers = NUMBER.matcher(plain);
        while (numbers.find()) {
            macros.put(numbers.group(1), Long.parseLong(numbers.group(2)));
        }
        defines.forEach((name, value) -> macros.put(name, value.isEmpty() ? 1 : Long.parseLong(value)));
        code = withoutDirectives(plain);
        split();
    }

    /** Drops variants and all lines that begin with #; of other conditions both branches stay. */
    private static String withoutDirectives(String text) {
        StringBuilder kept = new StringBuilder();
        int variant = 0; // depth of conditions within a variant
        for (String line : text.split("\n", -1)) {
            String directive = line.strip();
            if (directive.startsWith("#if")) {
                boolean begins = VARIANTS.stream().anyMatch(directive::endsWith) && directive.startsWith("#ifdef");
                variant += variant > 0 || begins ? 1 : 0;
            } else if (directive.startsWith("#endif")) {
                variant -= variant > 0 ? 1 : 0;
            } else if (directive.startsWith("#else") && variant == 1) {
                variant = 0; // what follows is for devices without it
            } else if (variant == 0 && (!directive.startsWith("#") || directive.startsWith("#pragma"))) {
                kept.append(line);
            }
            kept.append('\n');
        }
        return kept.toString();
    }

    private void split() {
        int from = 0;
        for (int at = code.indexOf('{'); at >= 0; at = code.indexOf('{', from)) {
            int end = closing(code, at);
            String head = code.substring(from, at);
            int parameters = opening(head);
            if (parameters >= 0) {
                Matcher name = NAME.matcher(head.substring(0, parameters + 1));
                if (name.find()) {
                    boolean kernel =
                            Pattern.compile("\\bkernel\\b").matcher(head).find();
                    functions.add(new Function(name.group(1), kernel, head, code.substring(at, end + 1)));
                }
            }
            from = end + 1;
        }
    }

    /** Where the parameters of a function begin, if the text ends with some, else -1. */
    private static int opening(String head) {
        int depth = 0;
        for (int i = head.stripTrailing().length() - 1; i >= 0; i--) {
            char c = head.charAt(i);
            depth += c == ')' ? 1 : c == '(' ? -1 : 0;
            if (depth == 0) {
                return c == '(' ? i : -1;
            }
        }
        return -1;
    }

    /** The brace that closes the one at that place. */
    static int closing(String code, int open) {
        int depth = 0;
        for (int i = open; i < code.length(); i++) {
            depth += code.charAt(i) == '{' ? 1 : code.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("braces must be closed: " + code.substring(open));
    }

    /** The text without comments, directives and variants. */
    String code() {
        return code;
    }

    List<Function> functions() {
        return functions;
    }

    /** The names of functions that hold barriers, themselves or in what they call. */
    Set<String> waiting() {
        Set<String> waiting = new HashSet<>(Set.of("barrier"));
        for (boolean grown = true; grown; ) {
            grown = false;
            for (Function function : functions) {
                boolean waits = waiting.stream().anyMatch(name -> calls(function.body(), name));
                grown |= waits && waiting.add(function.name());
            }
        }
        return waiting;
    }

    static boolean calls(String body, String name) {
        return Pattern.compile("\\b" + name + "\\s*\\(").matcher(body).find();
    }

    /** The value of a product of numbers and macros. */
    long value(String product) {
        long value = 1;
        for (String factor : product.split("\\*", -1)) {
            String name = factor.strip();
            Long known = name.matches("\\d+") ? Long.valueOf(name) : macros.get(name);
            if (known == null) {
                throw new IllegalArgumentException("a size is a product of numbers and macros: size=" + product);
            }
            value *= known;
        }
        return value;
    }
}
