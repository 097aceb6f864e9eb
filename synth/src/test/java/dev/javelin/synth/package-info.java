/** Tests of synthetic models. */
@NullMarked
package dev.javelin.synth;

import org.jspecify.annotations.NullMarked;
