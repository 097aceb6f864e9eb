package dev.javelin.runtime.template;

/** How a statement ended. */
enum Flow {
    NEXT,
    BREAK,
    CONTINUE
}
