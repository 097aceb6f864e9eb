/** The CPU backend, on the Vector API. */
@NullMarked
package dev.javelin.cpu;

import org.jspecify.annotations.NullMarked;
