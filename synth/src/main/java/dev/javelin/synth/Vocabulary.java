package dev.javelin.synth;

import dev.javelin.runtime.gguf.GgufOutput;
import dev.javelin.runtime.template.ChatTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A vocabulary of byte-level BPE that nobody speaks: all bytes, so that every text can be written in it, then random merges
 * of letters up to the size asked for, and the control tokens of a chat. For one thread.
 */
final class Vocabulary {
    private static final List<String> CONTROL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
    private static final int BYTES = 256;

    /** Those that English uses most first. */
    private static final String LETTERS = "etaoinshrdlcumwfgypbvkjxqz";

    /** How byte-level BPE writes a space. */
    private static final String SPACE = "\u0120";

    /** Letters of a token, as in the vocabularies of models for all but a few. */
    private static final int LONGEST = 16;

    /** Every file has the same words, whatever its weights. */
    private static final long SEED = 1;

    private static final int NORMAL_TYPE = 1;
    private static final int CONTROL_TYPE = 3;

    private final List<String> tokens = new ArrayList<>();
    private final List<String> merges = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    /** @param size tokens, {@value #BYTES} and the control tokens at least */
    Vocabulary(int size) {
        if (size < BYTES + CONTROL.size()) {
            throw new IllegalArgumentException("a vocabulary must have all bytes and control tokens: size=" + size);
        }
        addBytes();
        addMerges(size - CONTROL.size());
        tokens.addAll(CONTROL);
    }

    List<String> tokens() {
        return tokens;
    }

    /** Writes the keys that describe it. */
    void describe(String preTokenizer, GgufOutput out) {
        int[] types = new int[tokens.size()];
        for (int id = 0; id < types.length; id++) {
            types[id] = id < types.length - CONTROL.size() ? NORMAL_TYPE : CONTROL_TYPE;
        }
        int end = types.length - CONTROL.size();
        int endOfTurn = types.length - 1;
        out.string("tokenizer.ggml.model", "gpt2")
                .string("tokenizer.ggml.pre", preTokenizer)
                .strings("tokenizer.ggml.tokens", tokens)
                .ints("tokenizer.ggml.token_type", types)
                .strings("tokenizer.ggml.merges", merges)
                .uint32("tokenizer.ggml.bos_token_id", end)
                .uint32("tokenizer.ggml.eos_token_id", endOfTurn)
                .uint32("tokenizer.ggml.padding_token_id", end)
                .bool("tokenizer.ggml.add_bos_token", false)
                .string("tokenizer.chat_template", ChatTemplate.chatMl().source());
    }

    /** As byte-level BPE writes them: those that print as themselves, the others as the letters from U+0100 on. */
    private void addBytes() {
        int substitute = 0x100;
        for (int b = 0; b < BYTES; b++) {
            boolean prints = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            add(Character.toString(prints ? b : substitute++));
        }
    }

    /** Random pairs of what there is, early ones more often, so that a token of common words is about two letters. */
    private void addMerges(int size) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> within =
                new ArrayList<>(LETTERS.chars().mapToObj(Character::toString).toList());
        List<String> first = new ArrayList<>(List.of(SPACE)); // words with the space before them
        while (tokens.size() < size) {
            List<String> begin = random.nextInt(3) == 0 ? first : within;
            String left = early(begin, random);
            String right = early(within, random);
            if (left.length() + right.length() <= LONGEST && add(left + right)) {
                merges.add(left + " " + right);
                begin.add(left + right);
            }
        }
    }

    private static String early(List<String> words, SplittableRandom random) {
        double share = random.nextDouble();
        return words.get((int) (words.size() * share * share * share));
    }

    private boolean add(String token) {
        return known.add(token) && tokens.add(token);
    }
}
