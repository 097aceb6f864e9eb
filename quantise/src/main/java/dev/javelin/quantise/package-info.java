/** Copies of model files with weights of fewer bits. */
@NullMarked
package dev.javelin.quantise;

import org.jspecify.annotations.NullMarked;
