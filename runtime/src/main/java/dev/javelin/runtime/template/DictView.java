package dev.javelin.runtime.template;

import java.util.List;

/** What {@code keys()}, {@code values()} and {@code items()} of a mapping return. */
record DictView(Kind kind, Dict dict) {

    enum Kind {
        KEYS,
        VALUES,
        ITEMS
    }

    List<Object> items() {
        return switch (kind) {
            case KEYS -> dict.keys();
            case VALUES -> dict.values();
            case ITEMS -> dict.items();
        };
    }
}
