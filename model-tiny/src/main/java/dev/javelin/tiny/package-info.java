/** The small model that ships with Javelin, so that everything works offline. */
@NullMarked
package dev.javelin.tiny;

import org.jspecify.annotations.NullMarked;
