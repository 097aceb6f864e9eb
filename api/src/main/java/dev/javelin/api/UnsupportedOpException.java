package dev.javelin.api;

/** An operation that a device cannot carry out, neither whole nor by its parts. */
public final class UnsupportedOpException extends JavelinException {
    private static final long serialVersionUID = 1L;

    public UnsupportedOpException(Op op, String device) {
        super("operation not supported: op=%s, device=%s; choose another device (the CPU runs every operation)"
                .formatted(op.summary(), device));
    }
}
