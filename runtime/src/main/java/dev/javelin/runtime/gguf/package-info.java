/** GGUF model files: read without trust, mapped, never copied to the heap. */
@NullMarked
package dev.javelin.runtime.gguf;

import org.jspecify.annotations.NullMarked;
