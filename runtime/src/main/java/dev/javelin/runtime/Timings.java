package dev.javelin.runtime;

/**
 * How long a generation took, in nanoseconds.
 *
 * @param waiting from asking until its prompt was begun
 * @param prompt from then until the first token was chosen
 * @param generation from the first token to the last
 */
public record Timings(long waiting, long prompt, long generation) {

    /** Tokens per second of the prompt that was evaluated, or 0 if there was none to speak of. */
    public double promptRate(Usage usage) {
        return rate(usage.prompt() - usage.reused(), prompt);
    }

    /** Tokens per second after the first, or 0 if there was only one. */
    public double generationRate(Usage usage) {
        return rate(usage.generated() - 1, generation);
    }

    private static double rate(int tokens, long nanos) {
        return tokens <= 0 || nanos <= 0 ? 0 : tokens * 1e9 / nanos;
    }
}
