package dev.javelin.bench;

import java.util.Random;

/** Text as models read it: English prose, code, Chinese and Japanese, numbers, other scripts and emoji; the same each time. */
final class MixedText {

    private static final String CONSONANTS = "bcdfghklmnprstvw";
    private static final String VOWELS = "aeiouy";
    private static final String[] WORDS = {
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "it",
        "was",
        "on",
        "are",
        "as",
        "with",
        "his",
        "they",
        "at",
        "be",
        "this",
        "from",
        "have",
        "or",
        "by",
        "one",
        "had",
        "not",
        "but",
        "what",
        "all",
        "were",
        "when",
        "we",
        "there",
        "can",
        "an",
        "your",
        "which",
        "their",
        "said",
        "if",
        "will",
        "each",
        "about",
        "how",
        "up",
        "out",
        "them",
        "then",
        "she",
        "many",
        "some",
        "so",
        "these",
        "would",
        "other",
        "into",
        "has",
        "more",
        "her",
        "two",
        "like",
        "him",
        "see",
        "time",
        "could",
        "no",
        "make",
        "than",
        "first",
        "been",
        "its",
        "who",
        "now",
        "people",
        "my",
        "made",
        "over",
        "did",
        "down",
        "only",
        "way",
        "find",
        "use",
        "may",
        "water",
        "long",
        "little",
        "very",
        "after",
        "words",
        "called",
        "just",
        "where",
        "most",
        "know",
        "government",
        "information",
        "development",
        "international",
        "language",
        "understanding",
        "particularly",
        "performance",
        "memory",
        "processor",
        "engine"
    };
    private static final String[] CODE = {
        "public static void main(String[] args) {\n",
        "    for (int i = 0; i < values.length; i++) {\n",
        "        sum += values[i] * weights[i];\n",
        "    }\n",
        "}\n\n",
        "def read_file(path):\n\twith open(path, \"rb\") as f:\n\t\treturn f.read()\n",
        "if (error != null) throw new IllegalStateException(\"failed: \" + error);\n",
        "// see https://example.org/docs/index.html?page=2#part\n",
        "SELECT name, count(*) FROM orders WHERE price >= 10.50 GROUP BY name;\n",
        "const x = await fetch(url).then((r) => r.json());\n"
    };

    private MixedText() {}

    /** At least {@code bytes} bytes of UTF-8. */
    static String of(int bytes) {
        Random random = new Random(42);
        StringBuilder text = new StringBuilder(bytes);
        int length = 0;
        while (length < bytes) {
            int before = text.length();
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3, 4 -> prose(random, text);
                case 5, 6 -> code(random, text);
                case 7 -> signs(random, text, 0x4E00, 2500, "\u3002\n");
                case 8 -> signs(random, text, random.nextBoolean() ? 0x3041 : 0x0430, 32, ". ");
                default -> numbers(random, text);
            }
            for (int i = before; i < text.length(); i++) {
                char c = text.charAt(i);
                length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
        }
        return text.toString();
    }

    private static void prose(Random random, StringBuilder text) {
        for (int sentences = 3; sentences > 0; sentences--) {
            int words = 6 + random.nextInt(14);
            for (int i = 0; i < words; i++) {
                String word = random.nextInt(4) > 0 ? WORDS[random.nextInt(WORDS.length)] : invented(random);
                text.append(i == 0 ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : word);
                text.append(i + 1 == words ? ". " : random.nextInt(12) == 0 ? ", " : " ");
            }
            text.append(random.nextInt(8) == 0 ? "It's what they've said, isn't it? \uD83D\uDE00 " : "");
        }
        text.append("\n\n");
    }

    private static String invented(Random random) {
        StringBuilder word = new StringBuilder();
        for (int syllables = 1 + random.nextInt(4); syllables > 0; syllables--) {
            word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
            word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return word.append(random.nextBoolean() ? "n" : "").toString();
    }

    private static void code(Random random, StringBuilder text) {
        for (int lines = 4; lines > 0; lines--) {
            text.append(CODE[random.nextInt(CODE.length)]);
            text.append("int ")
                    .append(invented(random))
                    .append("_size = ")
                    .append(random.nextInt(4096))
                    .append(";\n");
        }
    }

    private static void signs(Random random, StringBuilder text, int first, int count, String end) {
        for (int sentences = 3; sentences > 0; sentences--) {
            for (int i = 8 + random.nextInt(20); i > 0; i--) {
                text.append((char) (first + random.nextInt(count)));
                text.append(first < 0x1000 && random.nextInt(6) == 0 ? " " : "");
            }
            text.append(end);
        }
    }

    private static void numbers(Random random, StringBuilder text) {
        for (int i = 6; i > 0; i--) {
            text.append(random.nextInt(1_000_000)).append(random.nextBoolean() ? ", " : "\t");
            text.append(random.nextInt(100))
                    .append('.')
                    .append(random.nextInt(1000))
                    .append("%\n");
        }
    }
}
