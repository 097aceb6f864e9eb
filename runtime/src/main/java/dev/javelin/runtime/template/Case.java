package dev.javelin.runtime.template;

/** Whether the letters of a string are all lower case, all upper case, or capitalized. */
final class Case {

    private Case() {}

    static boolean isLower(String text, Meter meter) {
        meter.work(text.length());
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    static boolean isUpper(String text, Meter meter) {
        meter.work(text.length());
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    static boolean isTitle(String text, Meter meter) {
        meter.work(text.length());
        boolean cased = false;
        boolean within = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean upper = Character.isUpperCase(c) || Character.isTitleCase(c);
            if (within ? upper : Character.isLowerCase(c)) {
                return false;
            }
            within = Chars.isCased(c);
            cased |= within;
        }
        return cased;
    }
}
