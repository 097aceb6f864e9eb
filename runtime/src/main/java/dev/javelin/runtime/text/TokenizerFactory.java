package dev.javelin.runtime.text;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes tokenizers of what files say. */
final class TokenizerFactory {

    private static final Logger LOG = System.getLogger(TokenizerFactory.class.getName());

    private TokenizerFactory() {}

    static Tokenizer make(VocabularySpec spec) {
        return switch (spec.model()) {
            case "gpt2" -> bytePair(spec);
            case "llama" -> sentencePiece(spec);
            default ->
                throw spec.fail(
                        "the kind of tokenizer must be known: key=%smodel, value=%s, known=%s",
                        VocabularySpec.PREFIX, spec.model(), List.of("gpt2", "llama"));
        };
    }

    private static Tokenizer bytePair(VocabularySpec spec) {
        PreTokenizer pre = preTokenizer(spec);
        List<byte[]> merges = spec.merges();
        if (merges == null) {
            throw spec.fail("byte-level BPE must have merges: key=%smerges", VocabularySpec.PREFIX);
        }
        SpecialIds ids = new SpecialIds(spec, bytePairDefaults(spec));
        Vocabulary vocabulary = new Vocabulary(spec, ids, BytePairModel.spelling());
        warnOfMissingBytes(vocabulary);
        return new Tokenizer(
                vocabulary,
                new BytePairModel(vocabulary, pre, merges),
                spec.flag(VocabularySpec.ADD_BOS, pre.addBos()),
                spec.flag(VocabularySpec.ADD_EOS, false));
    }

    private static PreTokenizer preTokenizer(VocabularySpec spec) {
        PreTokenizers known = new PreTokenizers();
        String name = spec.pre();
        if (name == null) {
            throw spec.fail(
                    "byte-level BPE must name its pre-tokenizer: key=%spre; convert the model anew, known=%s",
                    VocabularySpec.PREFIX, known.names());
        }
        PreTokenizer pre = known.named(name);
        if (pre == null) {
            throw spec.fail(
                    "the pre-tokenizer must be known: key=%spre, value=%s, known=%s",
                    VocabularySpec.PREFIX, name, known.names());
        }
        return pre;
    }

    /** Token 11 begins and ends texts in Falcon, the first model of this kind; llama.cpp assumes it everywhere. */
    private static Map<String, Integer> bytePairDefaults(VocabularySpec spec) {
        Map<String, Integer> defaults = new HashMap<>();
        defaults.put("eos", 11);
        String pre = spec.pre();
        if (!"glm4".equals(pre) && !"chatglm-bpe".equals(pre)) {
            defaults.put("bos", 11);
        }
        return defaults;
    }

    private static void warnOfMissingBytes(Vocabulary vocabulary) {
        int missing = 0;
        for (int b = 0; b < 256; b++) {
            boolean neverInText = b == 0xC0 || b == 0xC1 || b >= 0xF5;
            missing += !neverInText && vocabulary.byteToken(b) == SpecialIds.NONE ? 1 : 0;
        }
        if (missing > 0) {
            LOG.log(
                    Level.WARNING,
                    "{0} bytes have no token; text that has them becomes the unknown token, or is left out if there is"
                            + " none: file={1}",
                    Integer.toString(missing),
                    vocabulary.spec().file());
        }
    }

    private static Tokenizer sentencePiece(VocabularySpec spec) {
        SpecialIds ids = new SpecialIds(spec, Map.of("bos", 1, "eos", 2, "unknown", 0));
        Vocabulary vocabulary = new Vocabulary(spec, ids, SentencePieceModel.spelling());
        warnOfMissingBytes(vocabulary);
        boolean spacePrefix = spec.flag(VocabularySpec.ADD_SPACE_PREFIX, true);
        return new Tokenizer(
                vocabulary,
                new SentencePieceModel(vocabulary, spacePrefix),
                spec.flag(VocabularySpec.ADD_BOS, true),
                spec.flag(VocabularySpec.ADD_EOS, false));
    }
}
