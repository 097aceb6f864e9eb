package dev.javelin.kernels.cuda;

import dev.javelin.api.MatMul;
import dev.javelin.kernels.gpu.Arg;

/** A product, and where it goes: to its own result, or to memory that only a fused operation knows. */
record Product(MatMul op, Arg out) {

    Product(MatMul op) {
        this(op, new Arg.Operand(op.out()));
    }
}
