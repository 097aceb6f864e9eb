/** Tests of quantised copies. */
@NullMarked
package dev.javelin.quantise;

import org.jspecify.annotations.NullMarked;
