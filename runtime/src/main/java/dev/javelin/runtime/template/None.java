package dev.javelin.runtime.template;

/** The value {@code none}, so that no value of a template is a Java null. */
enum None {
    NONE
}
