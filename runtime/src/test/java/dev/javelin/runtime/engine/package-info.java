/** Tests of the engine. */
@NullMarked
package dev.javelin.runtime.engine;

import org.jspecify.annotations.NullMarked;
