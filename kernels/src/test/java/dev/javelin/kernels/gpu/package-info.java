/** Tests of what devices with memory of their own share. */
@NullMarked
package dev.javelin.kernels.gpu;

import org.jspecify.annotations.NullMarked;
