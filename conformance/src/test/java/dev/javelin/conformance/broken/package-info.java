/**
 * The kit is tested by devices that are wrong on purpose: the reference with exactly one fault, which the kit must find.
 *
 * <p>Faults of the arithmetic ({@link dev.javelin.conformance.broken.Fault}) sit between the device and the reference's kernels.
 * Those of memory, life cycle and threads wrap a whole device.
 */
@NullMarked
package dev.javelin.conformance.broken;

import org.jspecify.annotations.NullMarked;
