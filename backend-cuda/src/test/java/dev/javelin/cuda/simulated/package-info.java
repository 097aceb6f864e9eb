/** NVIDIA's driver as tests have it: devices that interpret PTX, behind the same functions. */
@NullMarked
package dev.javelin.cuda.simulated;

import org.jspecify.annotations.NullMarked;
