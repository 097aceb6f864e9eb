package dev.javelin.runtime.text;

/** Sets of characters that patterns of pre-tokenizers list one by one: first and last of each range, in order. */
final class Alphabets {

    /** The letters with case, as DeepSeek's first models list them. */
    static final String CASED_LETTERS = "AZaz\u00B5\u00B5\u00C0\u00D6\u00D8\u00F6\u00F8\u01BA\u01BC\u01BF\u01C4\u0293"
            + "\u0295\u02AF\u0370\u0373\u0376\u0376\u0377\u0377\u037B\u037D\u037F\u037F\u0386\u0386"
            + "\u0388\u038A\u038C\u038C\u038E\u03A1\u03A3\u03F5\u03F7\u0481\u048A\u052F\u0531\u0556"
            + "\u10A0\u10C5\u13A0\u13F5\u13F8\u13FD\u1C90\u1CBA\u1CBD\u1CBF\u1D00\u1D2B\u1D6B\u1D77"
            + "\u1D79\u1D9A\u1E00\u1F15\u1F18\u1F1D\u1F20\u1F45\u1F48\u1F4D\u1F50\u1F57\u1F59\u1F59"
            + "\u1F5B\u1F5B\u1F5D\u1F5D\u1F5F\u1F7D\u1F80\u1FB4\u1FB6\u1FBC\u1FBE\u1FBE\u1FC2\u1FC4"
            + "\u1FC6\u1FCC\u1FD0\u1FD3\u1FD6\u1FDB\u1FE0\u1FEC\u1FF2\u1FF4\u1FF6\u1FFC\u2102\u2102"
            + "\u2107\u2107\u210A\u2113\u2115\u2115\u2119\u211D\u2124\u2124\u2126\u2126\u2128\u2128"
            + "\u212A\u212D\u212F\u2134\u2139\u2139\u213C\u213F\u2145\u2149\u214E\u214E\u2183\u2183"
            + "\u2184\u2184\u2C00\u2C7B\u2C7E\u2CE4\u2CEB\u2CEE\u2CF2\u2CF2\u2CF3\u2CF3\uA640\uA66D"
            + "\uA680\uA69B\uA722\uA76F\uA771\uA787\uA78B\uA78E\uAB70\uABBF\uFB00\uFB06\uFB13\uFB17"
            + "\uFF21\uFF3A\uFF41\uFF5A\uD801\uDC00\uD801\uDC4F\uD801\uDCB0\uD801\uDCD3"
            + "\uD801\uDCD8\uD801\uDCFB\uD803\uDC80\uD803\uDCB2\uD803\uDCC0\uD803\uDCF2"
            + "\uD806\uDCA0\uD806\uDCDF\uD83A\uDD00\uD83A\uDD43";

    /** Punctuation, as DeepSeek's first models list it. */
    static final String PUNCTUATION = "!/:~\u2018\u201F\u3000\u3002\uFF01\uFF0F\uFF1A\uFF5E";

    /** What DeepSeek's first models take for Chinese and its neighbours: two ranges begin earlier than one would think. */
    static final String WIDE_CJK = "\u0800\u9FA5\uAC00\uD7FF";

    /** Chinese characters and kana. */
    static final String CJK_AND_KANA = "\u3040\u30FF\u4E00\u9FA5";

    static final String HANGUL = "\u3131\u318E\uAC00\uD7A3";

    static final String WIDE_PUNCTUATION =
            "\u2014\u2014\u2018\u2018\u2019\u2019\u201C\u201C\u201D\u201D\u2026\u2026\u3001\u303F"
                    + "\uFE30\uFE4F\uFF01\uFF01\uFF0C\uFF0C\uFF1A\uFF1A\uFF1B\uFF1B";

    static final String BOPOMOFO = "\u3105\u312F";

    /** Scripts that are written without spaces. */
    static final String UNSPACED =
            "\u0E40\u0E7F\u0EC0\u0EFF\u1000\u109F\u1100\u11FF\u1780\u17FF\u2F00\u2FDF\u3040\u309F"
                    + "\u30A0\u30FF\u3400\u4DBF\u4E00\u9FFF\uA9E0\uA9FF\uAA60\uAA7F\uAC00\uD7AF\uF900\uFAFF"
                    + "\uFF65\uFF9F";

    /** What ends a word in the patterns of Bloom and its relatives, besides white space. */
    static final String STOPS =
            "!!(()),,..??||\u060C\u060C\u06D4\u06D4\u0964\u0964\u2026\u2026\u3001\u3001" + "\u3002\u3002\uFF0C\uFF0C";

    private Alphabets() {}
}
