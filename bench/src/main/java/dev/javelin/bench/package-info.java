/** Benchmarks of kernels. */
@NullMarked
package dev.javelin.bench;

import org.jspecify.annotations.NullMarked;
