/** Tests of what users see. */
@NullMarked
package dev.javelin.runtime;

import org.jspecify.annotations.NullMarked;
