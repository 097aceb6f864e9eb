package dev.javelin.kernels.opencl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in the text of kernels what OpenCL C 1.2 without optional features does not have, as far as text can tell. */
final class KernelLint {
    private static final long MOST_LOCAL_BYTES = 32 * 1024;
    private static final long LARGEST_GROUP = 256;

    /** What is not there, and why. */
    private static final Map<String, String> ABSENT = Map.of(
            "\\b(double\\d*|convert_double\\w*)\\b", "double is optional",
            "\\bhalf\\d+\\b|\\bhalf\\b(?!\\s*\\*)", "arithmetic in F16 is a variant",
            "\\bgeneric\\b", "generic pointers came with 2.0",
            "\\b(sub_group_\\w+|get_sub_group_\\w+|intel_sub_group\\w*|get_num_sub_groups)\\b",
                    "subgroups are a variant",
            "\\bdot_(acc_sat_)?4x8\\w*\\b", "integer dot products are a variant",
            "\\b(work_group_\\w+|atomic_\\w+_explicit|enqueue_kernel|pipe)\\b", "that came with 2.0",
            "#pragma\\s+OPENCL\\s+EXTENSION\\b", "extensions are variants",
            "\\b(printf|goto)\\b", "kernels neither print nor jump",
            "(?<![\\w.])(\\d+\\.\\d*(e[+-]?\\d+)?|\\d+e[+-]?\\d+|0x[0-9a-fA-F.]+p[+-]?\\d+)(?![\\w.])",
                    "without f it is a double",
            "(?<!static )\\binline\\b", "an inline function that is not static may be missing");

    private static final Pattern POINTER =
            Pattern.compile("((?:\\b\\w+\\s+){0,3})\\b(TYPES)\\s*\\*(?!\\s*\\()".replace("TYPES", types()));
    private static final Pattern SPACE = Pattern.compile("\\b(global|local|constant|private)\\b");
    private static final Pattern TYPEDEF = Pattern.compile("\\}\\s*(\\w+)\\s*;");
    private static final Pattern LOCAL = Pattern.compile("\\blocal\\s+(\\w+)\\s+\\w+\\s*\\[([^\\]]*)\\]");
    private static final Pattern GROUP = Pattern.compile("reqd_work_group_size\\s*\\(([^,]*),([^,]*),([^)]*)\\)");
    private static final Pattern DIVERGES = Pattern.compile("\\bget_(local|global)_id\\b");
    private static final Pattern ASSIGNED = Pattern.compile("\\b(\\w+)\\s*[-+*/|&]?=(?!=)\\s*([^;]*);");
    private static final Pattern BRANCH = Pattern.compile("\\b(if|for|while|switch)\\s*\\(");

    private final KernelText text;
    private final List<String> faults = new ArrayList<>();

    private KernelLint(KernelText text) {
        this.text = text;
    }

    /** What is wrong with a text that is built with these macros. */
    static List<String> faults(String text, Map<String, String> defines) {
        KernelLint lint = new KernelLint(new KernelText(text, defines));
        lint.absent();
        lint.pointers();
        Set<String> waiting = lint.text.waiting();
        for (KernelText.Function function : lint.text.functions()) {
            lint.sizes(function);
            lint.parameters(function);
            lint.barriers(function, waiting);
        }
        return lint.faults;
    }

    private void fault(String rule, String where) {
        faults.add(rule + ": " + where.strip());
    }

    private void absent() {
        ABSENT.forEach((pattern, why) -> {
            Matcher found = Pattern.compile(pattern).matcher(text.code());
            while (found.find()) {
                fault(why, line(found.start()));
            }
        });
    }

    private String line(int at) {
        String code = text.code();
        int end = code.indexOf('\n', at);
        return code.substring(code.lastIndexOf('\n', at) + 1, end < 0 ? code.length() : end);
    }

    private static String types() {
        return "(?:float|int|uint|char|uchar|short|ushort|long|ulong)\\d*|half|void|size_t";
    }

    /** Every pointer says what it points into: one that does not would be a generic one from 2.0 on. */
    private void pointers() {
        Set<String> own = new HashSet<>();
        Matcher named = TYPEDEF.matcher(text.code());
        while (named.find()) {
            own.add(named.group(1));
        }
        String types = own.isEmpty() ? types() : types() + "|" + String.join("|", own);
        Matcher pointer =
                Pattern.compile(POINTER.pattern().replace(types(), types)).matcher(text.code());
        while (pointer.find()) {
            if (!SPACE.matcher(pointer.group(1)).find()) {
                fault("a pointer names its address space", line(pointer.end() - 1));
            }
        }
    }

    private void sizes(KernelText.Function function) {
        Matcher group = GROUP.matcher(function.head());
        if (group.find()) {
            long items = text.value(group.group(1)) * text.value(group.group(2)) * text.value(group.group(3));
            if (items > LARGEST_GROUP) {
                fault("a group has at most " + LARGEST_GROUP + " work-items, not " + items, function.name());
            }
        }
        long bytes = 0;
        Matcher local = LOCAL.matcher(function.body());
        while (local.find()) {
            bytes += text.value(local.group(2)) * bytesOf(local.group(1));
        }
        if (bytes > MOST_LOCAL_BYTES) {
            fault("local memory is at most " + MOST_LOCAL_BYTES + " bytes, not " + bytes, function.name());
        }
    }

    private static int bytesOf(String type) {
        Matcher parts = Pattern.compile("(\\D+)(\\d*)").matcher(type);
        if (!parts.matches()) {
            return Long.BYTES;
        }
        int lanes = parts.group(2).isEmpty() ? 1 : Integer.parseInt(parts.group(2));
        int bytes = switch (parts.group(1)) {
            case "char", "uchar" -> Byte.BYTES;
            case "short", "ushort" -> Short.BYTES;
            case "int", "uint", "float" -> Integer.BYTES;
            default -> Long.BYTES;
        };
        return lanes * bytes;
    }

    private void parameters(KernelText.Function function) {
        if (function.kernel()
                && Pattern.compile("\\b(size_t|bool|ptrdiff_t)\\b")
                        .matcher(function.head())
                        .find()) {
            fault("parameters of kernels have the same size everywhere", function.name());
        }
    }

    /** All work-items of a group reach every barrier: none stands where they may go different ways, or behind a return. */
    private void barriers(KernelText.Function function, Set<String> waiting) {
        String body = function.body();
        Set<String> own = diverging(body);
        for (String name : waiting) {
            Matcher call = Pattern.compile("\\b" + name + "\\s*\\(").matcher(body);
            while (call.find()) {
                if (body.substring(0, call.start()).matches("(?s).*\\breturn\\b.*")) {
                    fault("no work-item returns before a barrier", function.name());
                }
                for (String condition : conditions(body, call.start())) {
                    if (mentions(condition, own)) {
                        fault("a barrier stands where work-items go different ways", function.name() + " " + condition);
                    }
                }
            }
        }
    }

    /** Variables whose values may differ within a group. */
    private static Set<String> diverging(String body) {
        Set<String> own = new HashSet<>();
        for (boolean grown = true; grown; ) {
            grown = false;
            Matcher assigned = ASSIGNED.matcher(body);
            while (assigned.find()) {
                grown |= mentions(assigned.group(2), own) && own.add(assigned.group(1));
            }
        }
        return own;
    }

    private static boolean mentions(String expression, Set<String> own) {
        return DIVERGES.matcher(expression).find()
                || own.stream()
                        .anyMatch(name -> Pattern.compile("\\b" + name + "\\b")
                                .matcher(expression)
                                .find());
    }

    /** What decides whether, and how often, that place is reached. */
    private static List<String> conditions(String body, int place) {
        List<String> conditions = new ArrayList<>();
        Matcher branch = BRANCH.matcher(body);
        while (branch.find() && branch.start() < place) {
            int end = matching(body, branch.end() - 1);
            if (place > end && place < endOfStatement(body, end + 1)) {
                conditions.add(body.substring(branch.start(), end + 1));
            }
        }
        return conditions;
    }

    private static int matching(String body, int open) {
        int depth = 0;
        for (int i = open; i < body.length(); i++) {
            depth += body.charAt(i) == '(' ? 1 : body.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return body.length();
    }

    /** Where the statement behind a condition ends, its else included. */
    private static int endOfStatement(String body, int from) {
        int brace = body.indexOf('{', from);
        int semicolon = body.indexOf(';', from);
        int end = brace >= 0 && (semicolon < 0 || brace < semicolon) ? KernelText.closing(body, brace) : semicolon;
        Matcher other = Pattern.compile("\\s*else\\b").matcher(body).region(end + 1, body.length());
        return other.lookingAt() ? endOfStatement(body, other.end()) : end;
    }
}
