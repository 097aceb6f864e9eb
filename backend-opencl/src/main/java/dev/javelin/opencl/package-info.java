/** The OpenCL backend: GPUs of every maker, through their own drivers. */
@NullMarked
package dev.javelin.opencl;

import org.jspecify.annotations.NullMarked;
