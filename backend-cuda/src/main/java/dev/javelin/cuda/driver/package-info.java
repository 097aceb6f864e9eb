/** The seam to NVIDIA's driver: what is called there, in raw numbers. For this module and its tests only. */
@NullMarked
package dev.javelin.cuda.driver;

import org.jspecify.annotations.NullMarked;
