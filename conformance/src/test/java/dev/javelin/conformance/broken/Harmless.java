package dev.javelin.conformance.broken;

import java.util.List;
import java.util.regex.Pattern;

/** Differences that are no fault, because the result is the same or as it may be. */
enum Harmless {
    /** What is kept does not depend on what will be seen of it. */
    WINDOW_OF_WRITING("WriteKv\\.group\\.window .*"),
    /** The borders of the mix are rounded to whole dimensions. */
    BORDERS_OF_YARN("Rope\\.spec\\.yarn\\.(beta\\w+ times 1\\.01|originalContext (plus|minus) 1)"),
    /** Only the residual stream is so large; norms, caps, shares and what follows from them are not. */
    SMALL_NUMBERS("(RmsNorm\\.out|SoftCap\\.\\w+|ArgMax\\.x|TopK\\.\\w+|Route\\.\\w+|ExpertSum\\.shares|WriteKv\\.\\w+)"
            + " clamped to the range of F16"),
    /** Of fused operations, only the sum and what the norm reads belong to the residual stream. */
    SMALL_PARTS("(AttentionInput|NormGateUpGlu)\\.(?!norm: RmsNorm\\.x).* clamped to the range of F16");

    private final Pattern names;

    Harmless(String names) {
        this.names = Pattern.compile("(\\w+\\.\\w+: )?(" + names + ")");
    }

    /** Whether that is so of whatever can be wrong about the component. */
    static boolean all(Component component) {
        return component.name().matches("(WriteKv|AttentionInput\\.write)\\.group\\.window");
    }

    static boolean is(Fault fault) {
        return List.of(values()).stream()
                .anyMatch(harmless -> harmless.names.matcher(fault.name()).matches());
    }
}
