/**
 * Kernels for NVIDIA's GPUs, as PTX: which of them an operation launches, and their text. They are written in CUDA C++ under
 * {@code src/main/cuda} and shipped compiled, so neither building nor running needs a CUDA toolkit.
 */
@NullMarked
package dev.javelin.kernels.cuda;

import org.jspecify.annotations.NullMarked;
