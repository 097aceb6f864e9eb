/** Text to tokens and back: the tokenizers that GGUF files describe. */
@NullMarked
package dev.javelin.runtime.text;

import org.jspecify.annotations.NullMarked;
