/** Vectors of single instructions: what goes in and what must come out, on simulated devices and real ones. */
@NullMarked
package dev.javelin.cuda.vectors;

import org.jspecify.annotations.NullMarked;
