package dev.javelin.runtime.text;

import java.util.Random;

/** Texts that are hard on tokenizers: words, spaces, line breaks, digits, marks, emoji and any other character. */
final class RandomText {

    private static final String[] PARTS = {
        " ",
        "  ",
        "    ",
        "\n",
        "\r\n",
        "\n\n",
        "\t",
        "'s",
        "'LL",
        "'ve",
        "\u2019s",
        "don't",
        "Hello",
        "camelCase",
        "HTTPServer",
        "\u00C9COLE",
        "\u00E9t\u00E9",
        "stra\u00DFe",
        "7",
        "42",
        "1234567",
        "3.14",
        "\u0663\u0664",
        "\u00BD",
        "\u4F60\u597D",
        "\u3053\u3093",
        "\u30AB\u30BF",
        "\uD55C\uAD6D",
        "\u0939\u093F\u0902",
        "e\u0301",
        "\uD83D\uDE00",
        "\uD83D\uDC68\u200D\uD83D\uDC69",
        ".",
        ",",
        "!",
        "...",
        "~",
        "~a",
        "_",
        "$",
        "+=",
        "<|",
        "|>",
        "//",
        "/",
        "=>",
        "{}",
        "\u3002",
        "\uFF0C",
        "\u3000",
        "\u00A0",
        "\u0000",
        "\u200B",
        "\u0085",
        "\u01C5",
        "x",
        "<unk>",
        "</s>",
        "\u2581",
        "a b",
        " a",
        " A",
        "0x",
        "\u02BC",
        "\u0300",
        "\u20AC",
        "\u2028"
    };

    private RandomText() {}

    static String next(Random random, int parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            int kind = random.nextInt(8);
            if (kind == 0) {
                text.appendCodePoint(codePoint(random, Character.MAX_CODE_POINT));
            } else if (kind == 1) {
                text.appendCodePoint(codePoint(random, 0x3100));
            } else {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
        }
        return text.toString();
    }

    private static int codePoint(Random random, int most) {
        while (true) {
            int codePoint = random.nextInt(most + 1);
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                return codePoint;
            }
        }
    }
}
