/** The weight formats, each with a plain scalar codec. */
@NullMarked
package dev.javelin.kernels.format;

import org.jspecify.annotations.NullMarked;
