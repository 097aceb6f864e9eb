package dev.javelin.cuda.ptx;

import java.util.List;

/**
 * A variable or a parameter.
 *
 * @param space such as {@code shared}, {@code const}, {@code param}
 * @param bytes of all elements; 0 if the launch decides
 * @param initial numbers and symbols, an element each; shorter than the variable if the rest is zero
 */
record PtxVariable(String space, String name, PtxType type, int align, long bytes, List<Operand> initial) {}
