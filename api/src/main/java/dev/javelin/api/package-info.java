/**
 * The seam between a transformer runtime and the hardware that carries out its work.
 *
 * <p>A {@link dev.javelin.api.Program} is an immutable list of {@link dev.javelin.api.Op operations} over symbolic
 * {@link dev.javelin.api.Value values}. A {@link dev.javelin.api.Backend} finds devices, a {@link dev.javelin.api.Device}
 * places weights and prepares a program, and the {@link dev.javelin.api.Plan} that comes of it runs one
 * {@link dev.javelin.api.Step} after the other.
 *
 * <p><b>Who closes what.</b> Whoever calls a method that returns something closeable owns it and closes it. Closing twice is
 * harmless. Closing a device closes all that was opened on it. Anything put to work after close throws
 * {@link java.lang.IllegalStateException} and never crashes; what it was (its name, size or spec) may still be asked.
 *
 * <p><b>Threads.</b> Devices, weights, state stores and buffers may be used from any thread at any time. A plan and a step
 * are used by one thread at a time. Runs enqueued on a device from one thread happen in that order.
 */
@NullMarked
package dev.javelin.api;

import org.jspecify.annotations.NullMarked;
