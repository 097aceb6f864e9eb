package dev.javelin.api;

/** A tensor's format is not one that Javelin can use; the message names it and says what to do instead. */
public final class UnsupportedFormatException extends JavelinException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with a message that states the format, what is wrong with it, and the remedy. */
    public UnsupportedFormatException(String message) {
        super(message);
    }

    /** Why {@code id}, which no {@link Format} has, is refused. */
    static UnsupportedFormatException ofGgufId(int id) {
        return new UnsupportedFormatException(
                "the tensor format must be one that Javelin reads: id=" + id + ", " + RefusedFormat.describe(id));
    }
}
