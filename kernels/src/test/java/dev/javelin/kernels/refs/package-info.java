/** Finds and reads the reference data that tests tagged {@code refs} run against; other modules' tests use it too. */
@NullMarked
package dev.javelin.kernels.refs;

import org.jspecify.annotations.NullMarked;
