/**
 * The OpenCL kernels of every operation and every weight format, and the launches that carry operations out with them. What
 * runs them is in {@link dev.javelin.kernels.gpu}; the texts lie beside, one file for each family.
 */
@NullMarked
package dev.javelin.kernels.opencl;

import org.jspecify.annotations.NullMarked;
