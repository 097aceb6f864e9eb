/** The scalar reference backend, the oracle for all others. */
@NullMarked
package dev.javelin.kernels.reference;

import org.jspecify.annotations.NullMarked;
