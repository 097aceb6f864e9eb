@NullMarked
package dev.javelin.kernels.opencl;

import org.jspecify.annotations.NullMarked;
