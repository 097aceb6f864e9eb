package dev.javelin.runtime.model;

import dev.javelin.api.Format;

/** In what keys and values are kept: F32, F16 or Q8_0. */
public record KvFormats(Format keys, Format values) {

    /** F16, which costs no quality that can be seen. */
    public static final KvFormats DEFAULT = new KvFormats(Format.F16, Format.F16);
}
