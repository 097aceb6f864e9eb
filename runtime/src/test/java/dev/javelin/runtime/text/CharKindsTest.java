package dev.javelin.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** The table of kinds is that of the JDK, but for what Unicode 16 added. */
class CharKindsTest {

    /** First and last of each range of code points that Unicode 16 assigned. */
    private static final String UNICODE_16 = """
        897-897 1b4e-1b4f 1b7f-1b7f 1c89-1c8a 2427-2429 31e4-31e5 a7cb-a7cd a7da-a7dc 105c0-105f3
        10d40-10d65 10d69-10d85 10d8e-10d8f 10ec2-10ec4 10efc-10efc 11380-11389 1138b-1138b 1138e-1138e
        11390-113b5 113b7-113c0 113c2-113c2 113c5-113c5 113c7-113ca 113cc-113d5 113d7-113d8 113e1-113e2
        116d0-116e3 11bc0-11be1 11bf0-11bf9 11f5a-11f5a 13460-143fa 16100-16139 16d40-16d79 18cff-18cff
        1cc00-1ccf9 1cd00-1ceb3 1e5d0-1e5fa 1e5ff-1e5ff 1f8b2-1f8bb 1f8c0-1f8c1 1fa89-1fa89 1fa8f-1fa8f
        1fabe-1fabe 1fac6-1fac6 1fadc-1fadc 1fadf-1fadf 1fae9-1fae9 1fbcb-1fbef
        """;

    private final CharKinds kinds = new CharKinds();

    @Test
    void kindsAreThoseOfTheJdk() {
        assertThat(Runtime.version().feature())
                .as("the ranges below are the difference to Unicode 16, which the JDK 25 has")
                .isEqualTo(25);
        BitSet newer = new BitSet();
        for (String range : UNICODE_16.strip().split("\\s+", -1)) {
            String[] bounds = range.split("-", -1);
            newer.set(Integer.parseInt(bounds[0], 16), Integer.parseInt(bounds[1], 16) + 1);
        }
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            int expected = newer.get(codePoint) ? CharKinds.OTHER : kindOf(codePoint);
            if (kinds.of(codePoint) != expected) {
                assertThat(kinds.of(codePoint)).as("U+%04X", codePoint).isEqualTo(expected);
            }
        }
    }

    @Test
    void everyByteOfACharacterHasItsKind() {
        Utf8 text = Utf8.of("a7.\u4F60 \uD83D\uDE00\n");
        byte[] into = new byte[text.bytes().length];
        kinds.classify(text.bytes(), 0, text.length(), into);
        int l = CharKinds.LETTER;
        int s = CharKinds.SYMBOL;
        int[] expected = {
            l, CharKinds.NUMBER, CharKinds.PUNCTUATION, l, l, l, CharKinds.SPACE, s, s, s, s, CharKinds.SPACE
        };
        for (int i = 0; i < expected.length; i++) {
            assertThat((int) into[i]).as("byte %d", i).isEqualTo(expected[i]);
        }
    }

    /** White space is what Unicode calls so, not what Java does. */
    private static int kindOf(int codePoint) {
        boolean control = (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85;
        if (control || Character.isSpaceChar(codePoint)) {
            return CharKinds.SPACE;
        }
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> CharKinds.LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> CharKinds.NUMBER;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                CharKinds.MARK;
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> CharKinds.PUNCTUATION;
            case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL, Character.OTHER_SYMBOL ->
                CharKinds.SYMBOL;
            default -> CharKinds.OTHER;
        };
    }
}
