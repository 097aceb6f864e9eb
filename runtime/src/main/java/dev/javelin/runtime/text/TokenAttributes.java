package dev.javelin.runtime.text;

import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The types of tokens and which of them end a generation: what the file says, and what llama.cpp derives from the names
 * of tokens, because converters often leave it out.
 */
final class TokenAttributes {

    /** Names that mean the end of a turn; the first found is the end-of-turn token where the file names none. */
    private static final Set<String> END_OF_TURN = Set.of(
            "<|eot_id|>",
            "<|im_end|>",
            "<|end|>",
            "<end_of_turn>",
            "<|endoftext|>",
            "<|end_of_text|>",
            "<EOT>",
            "_<EOT>",
            "[EOT]",
            "<\uFF5Cend\u2581of\u2581sentence\uFF5C>",
            "<end_of_utterance>");

    /** Names that end a generation too, but are no end of turn. */
    private static final Set<String> END = Set.of(
            "<|return|>",
            "<|call|>",
            "<|flush|>",
            "<|calls|>",
            "</s>",
            "<|eom_id|>",
            "[EOS]",
            "<eos>",
            "<turn|>",
            "<|tool_response>",
            "[e~[");

    /** Padding, repository and file marks of fill-in-the-middle models end a generation too. */
    private static final List<Role> FILL_IN_ENDS = List.of(
            new Role("fim_pad", Set.of("<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]")),
            new Role("fim_rep", Set.of("<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<reponame>")),
            new Role("fim_sep", Set.of("<|file_sep|>")));

    /** Fill-in-the-middle marks that are control tokens whatever the file says. */
    private static final List<Role> FILL_IN_MARKS = List.of(
            new Role(
                    "fim_pre",
                    Set.of(
                            "<|fim_prefix|>",
                            "<fim-prefix>",
                            "<fim_prefix>",
                            "<\uFF5Cfim\u2581begin\uFF5C>",
                            "<PRE>",
                            "\u2581<PRE>",
                            "<|code_prefix|>",
                            "<|prefix|>")),
            new Role(
                    "fim_suf",
                    Set.of(
                            "<|fim_suffix|>",
                            "<fim-suffix>",
                            "<fim_suffix>",
                            "<\uFF5Cfim\u2581hole\uFF5C>",
                            "<SUF>",
                            "\u2581<SUF>",
                            "<|code_suffix|>",
                            "<|suffix|>")),
            new Role(
                    "fim_mid",
                    Set.of(
                            "<|fim_middle|>",
                            "<fim-middle>",
                            "<fim_middle>",
                            "<\uFF5Cfim\u2581end\uFF5C>",
                            "<MID>",
                            "\u2581<MID>",
                            "<|code_middle|>",
                            "<|middle|>")));

    /** Parts of a message that are shown, though they look like control tokens. */
    private static final Set<String> SHOWN = Set.of("<|channel|>", "<|message|>", "<|start|>", "<|constrain|>");

    /** What the first bytes of all names are, so that not every token has to be looked at as a string. */
    private static final String NAMES_BEGIN_WITH = "<[_" + (char) (byte) 0xE2;

    private static final int LONGEST_NAME = 64;

    private record Role(String key, Set<String> names) {}

    private final VocabularySpec spec;
    private final TokenType[] types;
    private final Map<String, Integer> named = new HashMap<>();
    private final BitSet ends = new BitSet();
    private final BitSet stripsLeft = new BitSet();
    private final BitSet stripsRight = new BitSet();

    TokenAttributes(VocabularySpec spec, SpecialIds ids) {
        this.spec = spec;
        types = readTypes();
        for (int id = 0; id < types.length; id++) {
            byte[] text = spec.tokens().get(id);
            if (text.length > 0 && text.length < LONGEST_NAME && NAMES_BEGIN_WITH.indexOf(text[0]) >= 0) {
                named.putIfAbsent(new String(text, StandardCharsets.UTF_8), id);
            }
        }
        deriveEnds(ids);
        deriveStripping();
    }

    TokenType type(int id) {
        return types[id];
    }

    /** The tokens that end a generation. */
    BitSet ends() {
        return ends;
    }

    /** The tokens that swallow white space before them. */
    BitSet stripsLeft() {
        return stripsLeft;
    }

    /** The tokens that swallow white space after them. */
    BitSet stripsRight() {
        return stripsRight;
    }

    private TokenType[] readTypes() {
        TokenType[] known = TokenType.values();
        TokenType[] read = new TokenType[spec.tokens().size()];
        IntBuffer stated = spec.types();
        if (stated != null && stated.remaining() < read.length) {
            throw spec.fail(
                    "each token must have a type: key=%stoken_type, types=%d, tokens=%d",
                    VocabularySpec.PREFIX, stated.remaining(), read.length);
        }
        for (int id = 0; id < read.length; id++) {
            int type = stated == null ? 1 : stated.get(id);
            if (type < 0 || type >= known.length) {
                throw spec.fail(
                        "the type of a token must be 0 to %d: key=%stoken_type, index=%d, type=%d",
                        known.length - 1, VocabularySpec.PREFIX, id, type);
            }
            read[id] = known[type];
        }
        return read;
    }

    private void deriveEnds(SpecialIds ids) {
        for (Role role : FILL_IN_MARKS) {
            role(role, ids);
        }
        for (Role role : FILL_IN_ENDS) {
            int id = role(role, ids);
            if (id != SpecialIds.NONE) {
                ends.set(id);
            }
        }
        for (Set<String> names : List.of(END_OF_TURN, END)) {
            for (String name : names) {
                Integer id = named.get(name);
                if (id != null) {
                    types[id] = TokenType.CONTROL;
                    ends.set(id);
                }
            }
        }
        for (String name : SHOWN) {
            Integer id = named.get(name);
            if (id != null) {
                types[id] = TokenType.USER_DEFINED;
            }
        }
        for (String key : List.of("eos", "eot", "eom")) {
            int id = ids.id(key);
            // What is assumed of byte-level BPE is token 11, in most vocabularies a comma: it must not end a text.
            if (id != SpecialIds.NONE && (ids.isStated(key) || spec.model().equals("llama"))) {
                ends.set(id);
            }
        }
        boolean harmony = endsWith("<|return|>") && endsWith("<|call|>");
        boolean solar = (endsWith("<|call|>") || endsWith("<|calls|>")) && endsWith("<|flush|>");
        if (harmony || solar) {
            isNoEnd("<|end|>", TokenType.USER_DEFINED); // it ends a message, and another may follow
        }
        if (endsWith("<|tool_response>")) {
            isNoEnd("</s>", TokenType.NORMAL);
        }
    }

    /** The token of a role, which is a control token if only its name tells its role. */
    private int role(Role role, SpecialIds ids) {
        int id = ids.id(role.key);
        if (id == SpecialIds.NONE) {
            id = role.names.stream()
                    .filter(named::containsKey)
                    .mapToInt(named::get)
                    .min()
                    .orElse(SpecialIds.NONE);
            if (id != SpecialIds.NONE) {
                types[id] = TokenType.CONTROL;
            }
        }
        return id;
    }

    private boolean endsWith(String name) {
        Integer id = named.get(name);
        return id != null && ends.get(id);
    }

    private void isNoEnd(String name, TokenType type) {
        Integer id = named.get(name);
        if (id != null && ends.get(id)) {
            ends.clear(id);
            types[id] = type;
        }
    }

    /** Files do not say which tokens swallow white space; it goes by the model's name. */
    private void deriveStripping() {
        String pre = spec.pre() == null ? "" : spec.pre();
        String name = spec.name().toLowerCase(Locale.ROOT);
        boolean jina = pre.contains("jina-v2-de") || pre.contains("jina-v2-es") || pre.contains("jina-v2-code");
        if (jina
                || spec.architecture().contains("nomic-bert-moe")
                || spec.architecture().contains("jina-bert-v3")) {
            setNamed(stripsLeft, "<mask>");
        } else if (name.contains("phi-3") || name.contains("phi3")) {
            for (int id = 0; id < types.length; id++) {
                boolean special = types[id] == TokenType.CONTROL
                        || types[id] == TokenType.USER_DEFINED
                        || types[id] == TokenType.UNKNOWN;
                stripsRight.set(id, special);
            }
            setNamed(stripsRight, "</s>");
            for (String other : List.of("<unk>", "<s>", "<|endoftext|>")) {
                Integer id = named.get(other);
                if (id != null) {
                    stripsRight.clear(id);
                }
            }
        } else if (name.contains("modern-bert")) {
            setNamed(stripsLeft, "[MASK]");
        }
    }

    private void setNamed(BitSet set, String name) {
        Integer id = named.get(name);
        if (id != null) {
            set.set(id);
        }
    }
}
