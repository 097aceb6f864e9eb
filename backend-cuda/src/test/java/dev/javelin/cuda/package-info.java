/** Tests of the CUDA backend. */
@NullMarked
package dev.javelin.cuda;

import org.jspecify.annotations.NullMarked;
