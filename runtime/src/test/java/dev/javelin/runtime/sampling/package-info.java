/** Tests of sampling. */
@NullMarked
package dev.javelin.runtime.sampling;

import org.jspecify.annotations.NullMarked;
