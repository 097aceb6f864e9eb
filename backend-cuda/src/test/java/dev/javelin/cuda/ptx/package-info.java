/** A PTX interpreter: it executes the kernels that ship, and faults where real hardware would not forgive. */
@NullMarked
package dev.javelin.cuda.ptx;

import org.jspecify.annotations.NullMarked;
