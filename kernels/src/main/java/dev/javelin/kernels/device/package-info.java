/**
 * What all devices share, wherever their memory is: what is open on one, what it may take, where temporaries lie, what weights are
 * used for.
 */
@NullMarked
package dev.javelin.kernels.device;

import org.jspecify.annotations.NullMarked;
