package dev.javelin.runtime.template;

/** Counts what one rendering uses and stops it at its limits. Belongs to the thread that renders. */
final class Meter {

    /** How deep nodes, macros and values may nest together; a unit takes up to about 300 bytes of stack. */
    static final int DEPTH = 1000;

    /** What a level of nested values takes. */
    static final int VALUE = 4;

    private static final int BYTES_PER_ELEMENT = 24;

    private static final int STEP = 16;

    private final TemplateLimits limits;
    private long work;
    private final long maxWork;
    private long bytes;
    private int depth;

    Meter(TemplateLimits limits) {
        this.limits = limits;
        this.maxWork = limits.steps() > Long.MAX_VALUE / 2 / STEP ? Long.MAX_VALUE / 2 : limits.steps() * STEP;
    }

    void step() {
        work(STEP);
    }

    /** Work on so many characters, or something as quick. */
    void work(long units) {
        // Subtracted, because sums of hostile sizes overflow.
        if (units > maxWork - work) {
            throw Fault.limit("a rendering may take at most " + limits.steps()
                    + " steps; the template loops too long, or the conversation is too large");
        }
        work += units;
    }

    /** A string of so many characters is about to be made. */
    void text(long chars) {
        if (chars > limits.textChars()) {
            throw Fault.limit("a text may have at most " + limits.textChars() + " characters: chars=" + chars);
        }
        work(chars);
        allocate(2 * chars);
    }

    /** A list of so many elements is about to be made. */
    void elements(long count) {
        work(count);
        allocate(count > limits.memoryBytes() / BYTES_PER_ELEMENT ? Long.MAX_VALUE : count * BYTES_PER_ELEMENT);
    }

    /** A short string of its own is about to be made, to be part of a list. */
    void part() {
        step();
        allocate(80);
    }

    /** Arithmetic on so many digits, which takes time with their square. */
    void digits(long count) {
        work(count * count / 64);
    }

    void allocate(long more) {
        if (more > limits.memoryBytes() - bytes) {
            throw Fault.limit("a rendering may allocate at most " + limits.memoryBytes() + " bytes");
        }
        bytes += more;
    }

    int textChars() {
        return limits.textChars();
    }

    /** Goes so many levels down; {@link #leave} must follow whatever happens. */
    void enter(int levels) {
        depth += levels;
        if (depth > DEPTH) {
            depth -= levels;
            throw Fault.limit(
                    "macros, loops and values nest too deep: levels=" + (depth + levels) + ", limit=" + DEPTH);
        }
    }

    void leave(int levels) {
        depth -= levels;
    }
}
