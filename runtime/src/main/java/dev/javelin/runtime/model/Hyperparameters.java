package dev.javelin.runtime.model;

import dev.javelin.runtime.gguf.GgufMetadata;

/** The keys of a file that describe its architecture, which all begin with its name. */
record Hyperparameters(String architecture, GgufMetadata metadata) {

    /** Whatever is counted in a model, there are fewer of it. */
    private static final int MOST = 1 << 24;

    /** A count that must be there, and positive. */
    int count(String name) {
        return count(name, metadata.integer(key(name)));
    }

    /** A positive count, or what stands for it where the file does not say. */
    int count(String name, int otherwise) {
        return metadata.has(key(name)) ? count(name) : otherwise;
    }

    /** A number that must be there. */
    double number(String name) {
        return finite(name, metadata.number(key(name)));
    }

    double number(String name, double otherwise) {
        return metadata.has(key(name)) ? number(name) : otherwise;
    }

    String text(String name, String otherwise) {
        return metadata.optionalString(key(name)).orElse(otherwise);
    }

    /** Refuses a file in which the key has any value but zero. */
    void refuse(String name, String what) {
        if (metadata.has(key(name)) && metadata.integer(key(name)) != 0) {
            throw ModelException.of(
                    "%s is not supported: %s=%d, file=%s",
                    what, key(name), metadata.integer(key(name)), metadata.file());
        }
    }

    boolean has(String name) {
        return metadata.has(key(name));
    }

    String key(String name) {
        return architecture + "." + name;
    }

    private int count(String name, long value) {
        if (value < 1 || value > MOST) {
            throw ModelException.of(
                    "a count must lie in 1..%d: key=%s, value=%d, file=%s", MOST, key(name), value, metadata.file());
        }
        return (int) value;
    }

    private double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw ModelException.of(
                    "a number must be finite: key=%s, value=%s, file=%s", key(name), value, metadata.file());
        }
        return value;
    }
}
