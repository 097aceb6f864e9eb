// Activation functions.
#pragma once
#include "common.cuh"

#define SILU 0
#define GELU_TANH 1
#define GELU_ERF 2
#define RELU_SQUARED 3

FUNCTION float active(float x, int activation) {
    switch (activation) {
        case SILU: { // half of the exponent at a time: the result is in range where exp(-x) is not
            const float root = expf(-0.5f * fabsf(x));
            const float small = root * root;
            return (x < 0.0f ? x * root * root : x) / (1.0f + small);
        }
        case GELU_TANH:
            return 0.5f * x * (1.0f + tanhf(0.7978845608f * (x + 0.044715f * x * x * x)));
        case GELU_ERF: // 1 + erf(z) = erfc(-z), without cancellation
            return 0.5f * x * erfcf(x * -0.7071067812f);
        default:
            return x > 0.0f ? x * x : isnan(x) ? x : 0.0f;
    }
}
