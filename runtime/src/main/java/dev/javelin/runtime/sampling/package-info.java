/** From logits to the next token. */
@NullMarked
package dev.javelin.runtime.sampling;

import org.jspecify.annotations.NullMarked;
