/** Tests of the scalar reference backend: against numbers worked out by hand, and against formulas written a second time. */
@NullMarked
package dev.javelin.kernels.reference;

import org.jspecify.annotations.NullMarked;
