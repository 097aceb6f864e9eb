package dev.javelin.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every tokenizer, whatever the text. */
class TokenizerPropertiesTest {

    private static final long SEED = 20261121;
    private static final int TEXTS = 300;

    static List<String> preTokenizers() {
        return new PreTokenizers().names();
    }

    /** Tokens for bytes, and random merges of them, so that pieces take many shapes. */
    private static Specs merging(String pre) {
        Specs specs = Specs.bytePair(pre);
        Random random = new Random(SEED);
        ByteAlphabet alphabet = new ByteAlphabet();
        List<String> texts = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            texts.add(String.valueOf(alphabet.character(b)));
        }
        for (int i = 0; i < 3000; i++) {
            String left = texts.get(random.nextInt(texts.size()));
            String right = texts.get(random.nextInt(texts.size()));
            if ((left + right).length() < 12 && !texts.contains(left + right)) {
                specs.merge(left, right);
                texts.add(left + right);
            }
        }
        return specs;
    }

    @ParameterizedTest
    @MethodSource("preTokenizers")
    void decodingGivesTheTextBack(String pre) {
        Tokenizer tokenizer = merging(pre).make();
        Random random = new Random(SEED);
        for (int i = 0; i < TEXTS; i++) {
            String text = RandomText.next(random, 1 + random.nextInt(60));
            int[] tokens = tokenizer.encode(text, EncodeOptions.PLAIN);
            assertThat(tokenizer.decode(tokens))
                    .as("pre=%s, seed=%d, text %d", pre, SEED, i)
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("preTokenizers")
    void piecesCoverTheTextInOrder(String pre) {
        PreTokenizer known = Objects.requireNonNull(new PreTokenizers().named(pre));
        Random random = new Random(SEED);
        for (int i = 0; i < TEXTS; i++) {
            Utf8 text = Utf8.of(RandomText.next(random, 1 + random.nextInt(60)));
            byte[] kinds = new byte[text.bytes().length];
            known.kinds().classify(text.bytes(), 0, text.length(), kinds);
            int[] at = {0};
            known.cascade(text.bytes(), kinds, (from, end) -> {
                        assertThat(from).as("pre=%s, seed=%d", pre, SEED).isEqualTo(at[0]);
                        assertThat(end).isGreaterThan(from);
                        at[0] = end;
                    })
                    .piece(0, text.length());
            assertThat(at[0]).as("pre=%s, seed=%d", pre, SEED).isEqualTo(text.length());
        }
    }

    @Test
    void searchingAndQueueingMergeTheSame() {
        Tokenizer tokenizer = merging("bloom").make(); // long pieces: the queue
        Random random = new Random(SEED);
        List<byte[]> merges = Objects.requireNonNull(merging("bloom").spec().merges());
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            for (int c = 20 + random.nextInt(60); c > 0; c--) {
                text.append((char) ('a' + random.nextInt(4)));
            }
            assertThat(tokenizer.encode(text.toString(), EncodeOptions.PLAIN))
                    .as("seed=%d, text=%s", SEED, text)
                    .isEqualTo(mergedOneByOne(tokenizer, merges, text.toString()));
        }
    }

    /** The definition: while any merge applies, the first of the list is done at its leftmost place. */
    private static int[] mergedOneByOne(Tokenizer tokenizer, List<byte[]> merges, String text) {
        List<String> symbols = new ArrayList<>(Arrays.asList(text.split("")));
        boolean merged = true;
        while (merged) {
            merged = false;
            for (int rank = 0; rank < merges.size() && !merged; rank++) {
                String merge = new String(merges.get(rank), StandardCharsets.UTF_8);
                for (int i = 0; i + 1 < symbols.size() && !merged; i++) {
                    if (merge.equals(symbols.get(i) + " " + symbols.get(i + 1))) {
                        symbols.set(i, symbols.get(i) + symbols.remove(i + 1));
                        merged = true;
                    }
                }
            }
        }
        return symbols.stream()
                .mapToInt(symbol -> {
                    for (int id = 0; id < tokenizer.size(); id++) {
                        if (tokenizer.decode(id).equals(symbol)) {
                            return id;
                        }
                    }
                    throw new IllegalStateException("no token: " + symbol);
                })
                .toArray();
    }

    @Test
    void streamsNeverShowHalfACharacter() {
        Tokenizer tokenizer = merging("gpt-2").make();
        Random random = new Random(SEED);
        for (int i = 0; i < TEXTS; i++) {
            int[] tokens =
                    random.ints(1 + random.nextInt(40), 0, tokenizer.size()).toArray();
            TextStream stream = tokenizer.stream();
            StringBuilder streamed = new StringBuilder();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int token : tokens) {
                streamed.append(stream.next(token));
                bytes.writeBytes(tokenizer.piece(token));
            }
            streamed.append(stream.end());
            assertThat(streamed.toString())
                    .as("seed=%d, tokens=%s", SEED, Arrays.toString(tokens))
                    .isEqualTo(bytes.toString(StandardCharsets.UTF_8))
                    .isEqualTo(tokenizer.decode(tokens));
        }
        TextStream stream = tokenizer.stream();
        assertThat(stream.next(0xF0)).isEmpty();
        assertThat(stream.next(0x9F)).isEmpty();
        assertThat(stream.next(0x98)).isEmpty();
        assertThat(stream.next(0x80)).isEqualTo("\uD83D\uDE00");
        assertThat(stream.end()).isEmpty();
        assertThat(stream.next(0xE4) + stream.next('a')).isEqualTo("\uFFFDa");
        assertThat(stream.next(0xE4) + stream.end()).isEqualTo("\uFFFD");
        assertThat(stream.next(0xFF)).isEqualTo("\uFFFD");
    }

    @Test
    void sentencePieceGivesTheTextBackAfterItsPrefix() {
        Specs specs = Specs.sentencePiece();
        Random random = new Random(SEED);
        for (String text : List.of("\u2581", "\u2581\u2581", "a", "b", "ab", "\u2581ab", "b\u2581a", "\u4F60", "\n")) {
            specs.token(text, TokenType.NORMAL, random.nextInt(4));
        }
        Tokenizer tokenizer = specs.make();
        Tokenizer bare = specs.flag(VocabularySpec.ADD_SPACE_PREFIX, false).make();
        for (int i = 0; i < TEXTS; i++) {
            String text = RandomText.next(random, 1 + random.nextInt(60)) + "ab ab  b a";
            String spaces = text.replace('\u2581', ' ');
            assertThat(tokenizer.decode(tokenizer.encode(text, EncodeOptions.PLAIN)))
                    .as("seed=%d, text %d", SEED, i)
                    .isEqualTo(" " + spaces);
            assertThat(bare.decode(bare.encode(text, EncodeOptions.PLAIN)))
                    .as("seed=%d, text %d", SEED, i)
                    .isEqualTo(spaces);
        }
    }

    @Test
    void halfSurrogatesBecomeTheReplacementCharacter() {
        Tokenizer tokenizer = merging("qwen2").make();
        int[] tokens = tokenizer.encode("a\uD83D b\uDE00\uD83D", EncodeOptions.PLAIN);
        assertThat(tokenizer.decode(tokens)).isEqualTo("a\uFFFD b\uFFFD\uFFFD");
        byte[] invalid = {'a', (byte) 0xC3, ' ', (byte) 0xFF};
        assertThat(tokenizer.decode(tokenizer.encode(invalid, EncodeOptions.PLAIN)))
                .isEqualTo("a\uFFFD \uFFFD");
    }
}
