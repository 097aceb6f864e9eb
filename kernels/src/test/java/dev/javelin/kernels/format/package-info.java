@NullMarked
package dev.javelin.kernels.format;

import org.jspecify.annotations.NullMarked;
