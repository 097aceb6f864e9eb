package dev.javelin.runtime.sampling;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tokens of one conversation. It remembers the tokens so far and where the random numbers are, and once it has been
 * used a little it allocates nothing more. Used by one thread at a time; nobody has to close it.
 *
 * <p>The same options, seed, tokens and logits give the same choices on every machine and JDK. Each choice takes one random
 * number, a choice without chance none.
 */
public final class Sampler {

    private final SamplingOptions options;
    private final int vocabulary;
    private final long seed;
    private final Xoshiro random;
    private final Penalties penalties;
    private final Logits logits;
    private final Candidates candidates;
    private final @Nullable RawLogprobs raw;

    private long position;

    /**
     * @param vocabulary how many logits each step has
     * @throws IllegalArgumentException if the bias is for a token that the vocabulary lacks
     */
    public Sampler(SamplingOptions options, int vocabulary) {
        this(
                options,
                vocabulary,
                options.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong()));
    }

    private Sampler(SamplingOptions options, int vocabulary, long seed) {
        this(options, vocabulary, seed, new Xoshiro(seed), penalties(options, vocabulary), 0);
    }

    private Sampler(
            SamplingOptions options, int vocabulary, long seed, Xoshiro random, Penalties penalties, long position) {
        this.options = options;
        this.vocabulary = vocabulary;
        this.seed = seed;
        this.random = random;
        this.penalties = penalties;
        this.position = position;
        logits = new Logits(vocabulary);
        candidates = new Candidates(logits);
        raw = options.logprobs() < 0 ? null : new RawLogprobs(candidates, Math.min(options.logprobs(), vocabulary));
    }

    private static Penalties penalties(SamplingOptions options, int vocabulary) {
        if (vocabulary < 1) {
            throw new IllegalArgumentException("vocabulary must be at least 1: vocabulary=" + vocabulary);
        }
        for (int token : options.logitBias().keySet()) {
            if (token >= vocabulary) {
                throw new IllegalArgumentException("logitBias must be for tokens of the vocabulary: token=" + token
                        + ", range: 0 to " + (vocabulary - 1));
            }
        }
        return new Penalties(options, vocabulary);
    }

    /** What it was made with. */
    public SamplingOptions options() {
        return options;
    }

    /** Where the random numbers started: that of the options, or the one that was drawn. */
    public long seed() {
        return seed;
    }

    /** Adds a token that was not chosen here, such as one of the prompt, to those that the penalties look at. */
    public void accept(int token) {
        if (token < 0 || token >= vocabulary) {
            throw new IllegalArgumentException(
                    "the token must be one of the vocabulary: token=" + token + ", range: 0 to " + (vocabulary - 1));
        }
        penalties.accept(token);
        position++;
    }

    /**
     * Chooses the next token and accepts it.
     *
     * @param scores one logit for each token; only read
     * @throws InvalidLogitsException if one is not a number, or all are minus infinity; nothing has changed then
     */
    public int next(float[] scores) {
        load(scores);
        int token = choose();
        return chosen(token, scores[token]);
    }

    /**
     * Chooses the next token and accepts it.
     *
     * @param scores rows of logits as floats in the byte order of the machine, such as the output of a plan; only read
     * @param row which of the rows, from 0
     * @throws InvalidLogitsException if one is not a number, or all are minus infinity; nothing has changed then
     */
    public int next(MemorySegment scores, int row) {
        long offset = load(scores, row);
        int token = choose();
        return chosen(token, Logits.at(scores, offset, token));
    }

    /** What {@link #next(float[])} would choose from: nothing is chosen and nothing accepted. */
    public Distribution distribution(float[] scores) {
        load(scores);
        return distribution();
    }

    /** What {@link #next(MemorySegment, int)} would choose from: nothing is chosen and nothing accepted. */
    public Distribution distribution(MemorySegment scores, int row) {
        load(scores, row);
        return distribution();
    }

    /**
     * How probable the model thought the token that was chosen last.
     *
     * @throws IllegalStateException if the options do not ask for logprobs, or nothing has been chosen
     */
    public Logprobs logprobs() {
        if (raw == null) {
            throw new IllegalStateException(
                    "logprobs must be asked for by the options: logprobs=" + options.logprobs() + ", range: >= 0");
        }
        return raw.get();
    }

    /** Forgets all tokens and starts the random numbers again. */
    public void reset() {
        random.seed(seed);
        penalties.clear();
        position = 0;
        if (raw != null) {
            raw.clear();
        }
    }

    /** A sampler for a conversation that goes on from here on its own, with the same tokens and random numbers to come. */
    public Sampler fork() {
        return new Sampler(options, vocabulary, seed, random.copy(), penalties.copy(), position);
    }

    /** A sampler for a conversation that goes on from here on its own, with random numbers from another seed. */
    public Sampler fork(long otherSeed) {
        return new Sampler(options, vocabulary, otherSeed, new Xoshiro(otherSeed), penalties.copy(), position);
    }

    private void load(float[] scores) {
        if (scores.length != vocabulary) {
            throw new IllegalArgumentException(
                    "there must be one logit for each token: logits=" + scores.length + ", vocabulary=" + vocabulary);
        }
        logits.load(scores);
    }

    private long load(MemorySegment scores, int row) {
        long rowBytes = (long) vocabulary * Float.BYTES;
        if (row < 0 || row >= scores.byteSize() / rowBytes) {
            throw new IllegalArgumentException("the row must be within the logits: row=" + row + ", bytes="
                    + scores.byteSize() + ", vocabulary=" + vocabulary);
        }
        logits.load(scores, row * rowBytes);
        return row * rowBytes;
    }

    private int choose() {
        prepare();
        if (options.takesGreatest()) {
            return logits.first();
        }
        filter();
        if (options.temperature() == 0) {
            return candidates.best();
        }
        double scale = scale();
        double mass = candidates.mass(scale);
        return candidates.draw(random.nextDouble() * mass, scale);
    }

    private int chosen(int token, float score) {
        if (raw != null) {
            raw.choose(token, score);
        }
        accept(token);
        return token;
    }

    private Distribution distribution() {
        prepare();
        filter();
        if (options.temperature() == 0) {
            candidates.topK(1);
        }
        double scale = scale();
        long[] keys = candidates.sorted();
        double mass = candidates.mass(scale);
        double[] probabilities = new double[keys.length];
        for (int i = 0; i < keys.length; i++) {
            probabilities[i] = candidates.weight(keys[i], scale) / mass;
        }
        return new Distribution(keys, probabilities);
    }

    private void prepare() {
        if (logits.greatest() > Rank.INFINITE) {
            throw new InvalidLogitsException(String.format(
                    Locale.ROOT,
                    "logits must be numbers: %d of %d are NaN, the first is that of token %d, position=%d;"
                            + " the model file or the device is faulty",
                    logits.count(Rank.INFINITE + 1),
                    vocabulary,
                    logits.firstNaN(),
                    position));
        }
        if (logits.greatest() == Rank.LOWEST) {
            throw impossible("the model rules out every token");
        }
        if (raw != null) {
            raw.capture();
        }
        penalties.apply(logits);
        if (logits.greatest() == Rank.LOWEST) {
            throw impossible("logitBias bans every token that the model left possible");
        }
    }

    private InvalidLogitsException impossible(String why) {
        return new InvalidLogitsException(String.format(
                Locale.ROOT,
                "a logit must be above minus infinity: none of %d is, position=%d; %s",
                vocabulary,
                position,
                why));
    }

    private void filter() {
        candidates.all();
        if (options.topNSigma() > 0) {
            candidates.topNSigma(options.topNSigma());
        }
        if (options.topK() > 0) {
            candidates.topK(options.topK());
        }
        if (options.typicalP() < 1) {
            candidates.typical(options.typicalP(), options.minKeep());
        }
        if (options.topP() < 1) {
            candidates.topP(options.topP(), options.minKeep());
        }
        if (options.minP() > 0) {
            candidates.minP(options.minP(), options.minKeep());
        }
    }

    private double scale() {
        return options.temperature() == 0 ? 1 : Math.min(1 / options.temperature(), Double.MAX_VALUE);
    }
}
