/** Tests of the CPU backend. */
@NullMarked
package dev.javelin.cpu;

import org.jspecify.annotations.NullMarked;
