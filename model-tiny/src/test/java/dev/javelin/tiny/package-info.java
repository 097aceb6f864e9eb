/** Tests with the small model. */
@NullMarked
package dev.javelin.tiny;

import org.jspecify.annotations.NullMarked;
