/** Benchmarks of kernels, through the same seam as every other user of a device. */
@NullMarked
package dev.javelin.bench;

import org.jspecify.annotations.NullMarked;
