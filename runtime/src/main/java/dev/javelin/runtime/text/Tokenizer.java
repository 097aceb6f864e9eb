package dev.javelin.runtime.text;

import dev.javelin.runtime.gguf.GgufMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Turns text into the tokens of one model and back, exactly as the model was trained with.
 *
 * <p>Whatever a text says, encoding it takes time nearly linear in its length and memory linear in it, about 50 bytes for
 * each byte of its longest piece without a seam. What is not valid Unicode in a text, such as half of a surrogate pair,
 * becomes U+FFFD. The file may be closed once the tokenizer is made.
 *
 * <p>Immutable, usable from any thread.
 */
public final class Tokenizer {

    private final Vocabulary vocabulary;
    private final TextModel model;
    private final SpecialMatches allSpecial;
    private final SpecialMatches userDefined;
    private final boolean addBos;
    private final boolean addEos;

    Tokenizer(Vocabulary vocabulary, TextModel model, boolean addBos, boolean addEos) {
        this.vocabulary = vocabulary;
        this.model = model;
        this.addBos = addBos;
        this.addEos = addEos;
        allSpecial = special(vocabulary, true);
        userDefined = special(vocabulary, false);
        require(addBos, VocabularySpec.ADD_BOS, "bos");
        require(addEos, VocabularySpec.ADD_EOS, "eos");
    }

    /**
     * The tokenizer that a file describes: byte-level BPE ({@code gpt2}) or SentencePiece ({@code llama}).
     *
     * @throws TokenizerException if the vocabulary breaks a rule, or names a kind of tokenizer or a pre-tokenizer that is
     *     not known
     * @throws dev.javelin.runtime.gguf.GgufException if a key is missing or of the wrong type
     */
    public static Tokenizer of(GgufMetadata metadata) {
        return TokenizerFactory.make(VocabularySpec.read(metadata));
    }

    private static SpecialMatches special(Vocabulary vocabulary, boolean control) {
        List<SpecialTexts.Entry> entries = new ArrayList<>();
        for (int id = 0; id < vocabulary.size(); id++) {
            TokenType type = vocabulary.type(id);
            boolean matched = type == TokenType.USER_DEFINED
                    || (control && (type == TokenType.CONTROL || type == TokenType.UNKNOWN));
            byte[] text = matched ? vocabulary.piece(id) : new byte[0];
            if (text.length > 0) {
                entries.add(new SpecialTexts.Entry(text, id));
            }
        }
        TokenAttributes attributes = vocabulary.attributes();
        return new SpecialMatches(new SpecialTexts(entries), attributes.stripsLeft(), attributes.stripsRight());
    }

    private void require(boolean add, String flag, String key) {
        if (add && vocabulary.ids().id(key) == SpecialIds.NONE) {
            throw vocabulary
                    .spec()
                    .fail(
                            "a token that is to be added must be named: key=%s%s_token_id, asked for by=%s",
                            VocabularySpec.PREFIX, key, flag);
        }
    }

    /** The tokens of a text; what {@code options} do not allow does not happen. */
    public int[] encode(String text, EncodeOptions options) {
        return encode(text, options, new BitSet());
    }

    /**
     * The tokens of a text of which users wrote parts, encoded in one piece.
     *
     * @param barred places in the text, counted in chars, where no special token begins whatever is spelled there
     */
    public int[] encode(String text, EncodeOptions options, BitSet barred) {
        Utf8 utf8 = Utf8.of(text);
        TokenBuffer out = new TokenBuffer(utf8.length() / 3);
        if (options.addSpecial() && addBos) {
            out.add(vocabulary.ids().id("bos"));
        }
        TextModel.Session session = model.session();
        (options.parseSpecial() ? allSpecial : userDefined)
                .cut(utf8.bytes(), utf8.length(), Utf8.places(text, barred), new SpecialMatches.Parts() {
                    private boolean first = true;

                    @Override
                    public void text(int from, int end) {
                        session.encode(utf8.bytes(), from, end, first, out);
                        first = false;
                    }

                    @Override
                    public void token(int id) {
                        out.add(id);
                        first = true;
                    }
                });
        if (options.addSpecial() && addEos) {
            out.add(vocabulary.ids().id("eos"));
        }
        return out.toArray();
    }

    /** The tokens of UTF-8 text; bytes that are none become U+FFFD. */
    public int[] encode(byte[] utf8, EncodeOptions options) {
        return encode(new String(utf8, StandardCharsets.UTF_8), options);
    }

    /**
     * The bytes that a token prints, which may be a part of a character. Those of a control token are its name; a reader of
     * text hides it, see {@link #stream()}.
     */
    public byte[] piece(int token) {
        return vocabulary.piece(Objects.checkIndex(token, size()));
    }

    /** The text of tokens, control tokens by name; what is not UTF-8 in it becomes U+FFFD. */
    public String decode(int... tokens) {
        TextStream stream = new TextStream(this, true);
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            text.append(stream.next(token));
        }
        return text.append(stream.end()).toString();
    }

    /** A new reader of the tokens of one conversation, which hides control tokens. */
    public TextStream stream() {
        return new TextStream(this, false);
    }

    /** How many tokens there are; ids are below it. */
    public int size() {
        return vocabulary.size();
    }

    public TokenType type(int token) {
        return vocabulary.type(Objects.checkIndex(token, size()));
    }

    /** Whether a model that chooses this token has ended its turn or its text. */
    public boolean isEnd(int token) {
        return vocabulary.attributes().ends().get(Objects.checkIndex(token, size()));
    }

    /** The tokens that {@link #isEnd} is true for; a copy. */
    public BitSet ends() {
        return (BitSet) vocabulary.attributes().ends().clone();
    }

    /** The token that begins a text. */
    public OptionalInt bos() {
        return special("bos");
    }

    /** The token that ends a text. */
    public OptionalInt eos() {
        return special("eos");
    }

    /**
     * A special token by what it is for, the part of its key between {@code tokenizer.ggml.} and {@code _token_id}: such as
     * {@code unknown}, {@code padding}, {@code eot}.
     */
    public OptionalInt special(String role) {
        int id = vocabulary.ids().id(role);
        return id == SpecialIds.NONE ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Whether {@link EncodeOptions#addSpecial()} puts {@link #bos()} before a text. */
    public boolean addsBos() {
        return addBos;
    }

    /** Whether {@link EncodeOptions#addSpecial()} puts {@link #eos()} after a text. */
    public boolean addsEos() {
        return addEos;
    }
}
