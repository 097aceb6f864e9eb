/** The kit that every backend must pass. */
@NullMarked
package dev.javelin.conformance;

import org.jspecify.annotations.NullMarked;
