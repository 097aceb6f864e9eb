/**
 * The weight formats: for each the layout of its blocks and a plain scalar codec.
 *
 * <p>{@link dev.javelin.kernels.format.Codecs} hands them out. What each format looks like is drawn in {@code docs/formats}.
 */
@NullMarked
package dev.javelin.kernels.format;

import org.jspecify.annotations.NullMarked;
