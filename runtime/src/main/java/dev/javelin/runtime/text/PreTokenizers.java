package dev.javelin.runtime.text;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pre-tokenizers by the names that files give them in {@code tokenizer.ggml.pre}. Names and patterns are facts about
 * models, as llama.cpp records them; {@code docs/tokenizers.md} says which ones are proven.
 */
final class PreTokenizers {

    private static final Splitter GPT2 = new Gpt2Words();
    private static final Splitter LINE_BREAK = Runs.upTo(1, CharSet.ofRanges("\n\n\r\r"));
    private static final Splitter LINES = Runs.of(CharSet.ofRanges("\n\n"));
    private static final Splitter NUMBERS = Runs.of(CharSet.ofKinds(CharKinds.NUMBER));
    private static final Splitter NUMBER = Runs.upTo(1, CharSet.ofKinds(CharKinds.NUMBER));
    private static final Splitter NUMBERS_OF_THREE = Runs.upTo(3, CharSet.ofKinds(CharKinds.NUMBER));

    private final SortedMap<String, Rules> rules = new TreeMap<>();

    PreTokenizers() {
        likeGpt2();
        likeLlama3();
        likeQwen2();
        likeGpt4o();
        likeDeepSeek();
        likeBloom();
    }

    /** What a name stands for, before the table of kinds is made. */
    private record Rules(List<Splitter> splitters, boolean ignoreMerges, boolean addBos) {
        static Rules of(Splitter... splitters) {
            return new Rules(List.of(splitters), false, false);
        }

        Rules wholeWordsFirst() {
            return new Rules(splitters, true, addBos);
        }

        Rules addingBos() {
            return new Rules(splitters, ignoreMerges, true);
        }
    }

    /** The names that are known, in order. */
    List<String> names() {
        return List.copyOf(rules.keySet());
    }

    /** The pre-tokenizer of that name, or null if it is unknown. */
    @Nullable
    PreTokenizer named(String name) {
        Rules known = rules.get(name);
        return known == null
                ? null
                : new PreTokenizer(known.splitters, known.ignoreMerges, known.addBos, new CharKinds());
    }

    private void add(Rules known, String... names) {
        for (String name : names) {
            rules.put(name, known);
        }
    }

    private void likeGpt2() {
        add(
                Rules.of(GPT2),
                "gpt-2",
                "phi-2",
                "jina-es",
                "jina-de",
                "gigachat",
                "jina-v1-en",
                "jina-v2-es",
                "jina-v2-de",
                "jina-v2-code",
                "roberta-bpe",
                "a.x-4.0",
                "mellum",
                "modern-bert",
                "exaone4",
                "mpt",
                "olmo",
                "jais",
                "trillion",
                "granite-docling");
        add(
                Rules.of(NUMBER, GPT2),
                "starcoder",
                "refact",
                "command-r",
                "smollm",
                "codeshell",
                "exaone",
                "minerva-7b",
                "mellum2");
        add(Rules.of(Runs.of(punctuationAnd("$+<=>^~|`")), GPT2, new DigitTriples()), "falcon");
        add(Rules.of(Runs.of(punctuationAnd("$+<=>^~|")), GPT2, NUMBERS, new DigitTriples()), "default");
        add(Rules.of(NUMBERS, DigitGroups.ofAscii()), "superbpe");
    }

    private void likeLlama3() {
        Rules llama3 = Rules.of(Words.llama3(3));
        add(
                llama3.wholeWordsFirst().addingBos(),
                "llama3",
                "llama-v3",
                "llama-bpe",
                "falcon3",
                "falcon-h1",
                "pixtral",
                "midm-2.0",
                "lfm2",
                "jina-v5-nano");
        add(llama3, "dbrx", "smaug-bpe", "glm4", "chatglm-bpe");
        add(Rules.of(NUMBERS_OF_THREE, Words.llama3(0)).wholeWordsFirst(), "minicpm5");
    }

    private void likeQwen2() {
        Words qwen2 = Words.llama3(1);
        add(
                Rules.of(qwen2),
                "qwen2",
                "stablelm2",
                "deepseek-r1-qwen",
                "kormo",
                "f2llmv2",
                "megrez",
                "hunyuan",
                "solar-open",
                "grok-2",
                "bailingmoe",
                "bailingmoe2",
                "llada-moe");
        add(Rules.of(Words.qwen35()), "qwen35");
        add(Rules.of(LINES, qwen2), "laguna");
        add(Rules.of(qwen2.with(Words.Contractions.NONE)), "ufakzeka");
        add(Rules.of(qwen2.with(Words.After.NOTHING)), "seed-coder");
    }

    private void likeGpt4o() {
        add(Rules.of(Words.gpt4o(CharKinds.LETTER)), "gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2");
        add(Rules.of(Words.tekken()).wholeWordsFirst().addingBos(), "tekken");
        add(Rules.of(Words.gpt4o(CharKinds.LETTER | CharKinds.MARK)).wholeWordsFirst(), "granite-embed-multi-97m");
        add(Rules.of(DigitGroups.ofNumbers(), Words.attached(3)), "tiny_aya", "cohere2moe");
        add(
                Rules.of(
                                Runs.of(CharSet.ofRanges(Alphabets.HANGUL)),
                                Runs.of(CharSet.ofRanges(Alphabets.WIDE_PUNCTUATION)),
                                Runs.of(CharSet.ofRanges(Alphabets.BOPOMOFO)),
                                Runs.of(CharSet.ofRanges(Alphabets.CJK_AND_KANA)),
                                Words.attached(1))
                        .wholeWordsFirst(),
                "youtu");
    }

    private void likeDeepSeek() {
        Splitter letters = new Runs(CharSet.ofRanges(Alphabets.CASED_LETTERS), 0, Runs.Before.SPACE);
        CharSet punctuation = CharSet.ofRanges(Alphabets.PUNCTUATION).but(CharSet.ofKinds(CharKinds.SPACE));
        Splitter cjk = Runs.of(CharSet.ofRanges(Alphabets.WIDE_CJK).but(CharSet.ofKinds(CharKinds.SPACE)));
        add(
                Rules.of(
                        LINE_BREAK,
                        letters,
                        new Runs(punctuation, 0, Runs.Before.SPACE),
                        new TrailingSpace(),
                        cjk,
                        NUMBERS),
                "deepseek-llm");
        add(
                Rules.of(
                        LINE_BREAK,
                        new Runs(CharSet.ofKinds(CharKinds.LETTER), 0, Runs.Before.SPACE),
                        new Runs(CharSet.ofKinds(CharKinds.PUNCTUATION), 0, Runs.Before.SPACE),
                        cjk,
                        NUMBER),
                "deepseek-coder");
        Splitter kana = Runs.of(CharSet.ofRanges(Alphabets.CJK_AND_KANA));
        add(
                Rules.of(NUMBERS_OF_THREE, kana, new DeepSeekWords(true)),
                "deepseek-v3",
                "hunyuan-dense",
                "joyai-llm",
                "hy_v4");
        add(Rules.of(NUMBERS_OF_THREE, kana, new DeepSeekWords(false), NUMBER), "spark2_5");
        add(
                Rules.of(
                        DigitGroups.ofNumbers(),
                        Runs.of(CharSet.ofRanges(Alphabets.UNSPACED)),
                        new DeepSeekWords(true)),
                "afmoe");
    }

    private void likeBloom() {
        CharSet stops = CharSet.ofRanges(Alphabets.STOPS).or(CharSet.ofKinds(CharKinds.SPACE));
        Splitter words = new Runs((text, kinds, at) -> !stops.has(text, kinds, at), 0, Runs.Before.BLANK);
        add(Rules.of(words), "poro-chat", "bloom", "gpt3-finnish");
        add(Rules.of(words, NUMBER), "viking");
    }

    private static CharSet punctuationAnd(String symbols) {
        StringBuilder ranges = new StringBuilder();
        symbols.chars().sorted().forEach(c -> ranges.append((char) c).append((char) c));
        return CharSet.ofKinds(CharKinds.PUNCTUATION).or(CharSet.ofRanges(ranges.toString()));
    }
}
