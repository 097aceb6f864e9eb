@NullMarked
package dev.javelin.runtime.text;

import org.jspecify.annotations.NullMarked;
