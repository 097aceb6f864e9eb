package dev.javelin.runtime.template;

/**
 * What one rendering may use before it is stopped with a {@link TemplateException} of kind {@code LIMIT}.
 *
 * <p>Besides these, the nesting of templates, macros and values is bounded so that no thread's stack overflows, a
 * {@code range} has at most 100,000 items and an integer at most 4,300 digits.
 *
 * @param steps work done: one per evaluated node, per item of a loop, and per 16 characters handled
 * @param textChars the longest string, the output included, in UTF-16 units
 * @param memoryBytes an upper bound of all memory allocated for values, whether still in use or not
 */
public record TemplateLimits(long steps, int textChars, long memoryBytes) {

    private static final long MIB = 1 << 20;

    public TemplateLimits {
        if (steps <= 0 || textChars <= 0 || memoryBytes <= 0) {
            throw new IllegalArgumentException("limits must be > 0: steps=%d, textChars=%d, memoryBytes=%d"
                    .formatted(steps, textChars, memoryBytes));
        }
    }

    /**
     * Limits that no honest template reaches with a conversation of 100,000 tokens, and at which a hostile one ends
     * within about a second. The memory is a quarter of what this JVM may use, at least 64 MiB and at most 1 GiB: who
     * renders templates of strangers in many threads at once lowers it.
     */
    public static TemplateLimits standard() {
        long quarter = Runtime.getRuntime().maxMemory() / 4;
        return new TemplateLimits(30_000_000, 16_000_000, Math.clamp(quarter, 64 * MIB, 1024 * MIB));
    }

    /** These limits with other {@code steps}. */
    public TemplateLimits withSteps(long newSteps) {
        return new TemplateLimits(newSteps, textChars, memoryBytes);
    }

    /** These limits with another {@code textChars}. */
    public TemplateLimits withTextChars(int newTextChars) {
        return new TemplateLimits(steps, newTextChars, memoryBytes);
    }

    /** These limits with other {@code memoryBytes}. */
    public TemplateLimits withMemoryBytes(long newMemoryBytes) {
        return new TemplateLimits(steps, textChars, newMemoryBytes);
    }
}
