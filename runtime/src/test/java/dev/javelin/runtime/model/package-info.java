/** Tests of the model families. */
@NullMarked
package dev.javelin.runtime.model;

import org.jspecify.annotations.NullMarked;
