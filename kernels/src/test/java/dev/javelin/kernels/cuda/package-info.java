@NullMarked
package dev.javelin.kernels.cuda;

import org.jspecify.annotations.NullMarked;
