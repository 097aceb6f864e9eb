package dev.javelin.cuda.ptx;

/** A text that is no PTX, or that uses what the interpreter does not know. */
public final class PtxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PtxException(int line, String message) {
        super("line " + line + ": " + message);
    }
}
