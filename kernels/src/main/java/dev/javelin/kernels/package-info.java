/** What every backend shares: weight formats and the scalar reference backend. */
@NullMarked
package dev.javelin.kernels;

import org.jspecify.annotations.NullMarked;
