package dev.javelin.cli;

import java.util.Locale;

/** What becomes of the thinking parts of an answer. */
enum ThinkMode {
    /** They are shown, dimmed where there are colours. */
    SHOW,
    /** The model thinks, but nobody sees it. */
    HIDE,
    /** The model is told not to think; what it thinks all the same is hidden. */
    OFF;

    /** The mode of that name. */
    static ThinkMode of(String name) {
        for (ThinkMode mode : values()) {
            if (mode.name().equalsIgnoreCase(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("the setting must be one of show, hide and off: think=" + name);
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
