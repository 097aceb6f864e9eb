/**
 * Model files with random weights, in the exact shape of known models, so that speed and memory can be measured without
 * downloads.
 */
@NullMarked
package dev.javelin.synth;

import org.jspecify.annotations.NullMarked;
