package dev.javelin.runtime.text;

/**
 * What an encoding may do with special tokens.
 *
 * @param addSpecial whether the begin and end tokens are added that the model asks for
 * @param parseSpecial whether the text of a control token becomes that token. Allow it only for text that no user wrote:
 *     with it, a user who writes such text speaks with the voice of the system
 */
public record EncodeOptions(boolean addSpecial, boolean parseSpecial) {

    /** Plain text: no token is added, and no text becomes a control token. */
    public static final EncodeOptions PLAIN = new EncodeOptions(false, false);

    /** A whole prompt that a chat template rendered: the model's begin token is added, control tokens are recognised. */
    public static final EncodeOptions PROMPT = new EncodeOptions(true, true);
}
