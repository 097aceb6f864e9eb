package dev.javelin.runtime.sampling;

import java.util.List;

/**
 * How probable the model itself thought a token that was chosen, and what it thought most probable: the softmax of its logits
 * before bias, penalties, filters and temperature, as OpenAI's interface means it.
 *
 * @param top the most probable tokens, the most probable first; the chosen one may or may not be among them
 */
public record Logprobs(Logprob chosen, List<Logprob> top) {

    /** Copies the list. */
    public Logprobs {
        top = List.copyOf(top);
    }
}
