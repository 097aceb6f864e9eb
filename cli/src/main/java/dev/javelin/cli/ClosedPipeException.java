package dev.javelin.cli;

import java.io.IOException;

/** Nobody reads the output any more, so the program ends without a word. */
final class ClosedPipeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClosedPipeException(IOException cause) {
        super(cause);
    }
}
