/** Checks of a device on a machine that has little but its driver: {@code bench/gpu/check.sh} runs them one by one. */
@NullMarked
package dev.javelin.bench.gpu;

import org.jspecify.annotations.NullMarked;
