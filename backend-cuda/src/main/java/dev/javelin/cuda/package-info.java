/** The CUDA backend: NVIDIA's GPUs, through their driver and nothing else. */
@NullMarked
package dev.javelin.cuda;

import org.jspecify.annotations.NullMarked;
