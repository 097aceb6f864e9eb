@NullMarked
package dev.javelin.runtime.gguf;

import org.jspecify.annotations.NullMarked;
