package dev.javelin.cuda.ptx;

import org.jspecify.annotations.Nullable;

/** A kernel did what hardware would not forgive. The message says what; once the place is known, where. */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Kinds of sins. */
    public enum Kind {
        OUT_OF_BOUNDS,
        USE_AFTER_FREE,
        MISALIGNED,
        READ_ONLY,
        UNINITIALISED,
        DIVERGENT_BARRIER,
        DEADLOCK,
        INACTIVE_LANE,
        RACE,
        LAUNCH,
        PENDING_COPY,
        BUDGET,
        TRAP
    }

    private final Kind kind;
    private final int lane;

    Fault(Kind kind, String message) {
        this(kind, -1, message, null);
    }

    /** A fault of one lane of the warp that runs. */
    Fault(Kind kind, int lane, String message) {
        this(kind, lane, message, null);
    }

    private Fault(Kind kind, int lane, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.lane = lane;
    }

    public Kind kind() {
        return kind;
    }

    /** The lane, or −1 if it is not the fault of one. */
    int lane() {
        return lane;
    }

    /** The same fault with the place where it happened. */
    Fault at(String place) {
        return new Fault(kind, lane, kind + ": " + getMessage() + "; " + place, this);
    }
}
