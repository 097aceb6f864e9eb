// What all kernels begin with. The language is OpenCL C 1.2, without any optional feature.
//
// Contraction is off and FMA is written where it is wanted, so that one formula gives the same bits in every kernel that
// has it: on a processor a row must not depend on how many others are worked out beside it.
#pragma OPENCL FP_CONTRACT OFF

#ifdef FP_FAST_FMAF
#define FMA(a, b, c) fma(a, b, c)
#else
#define FMA(a, b, c) ((a) * (b) + (c))
#endif

// The ints of the step, as the host sends them.
#define TOKENS 0
#define SEQUENCES 1
#define OUTPUTS 2
#define BIASES 3

// Rows of an operand: a constant, or -1 - i for count i of the step.
static int rows_of(const global int *counts, int rows) {
    return rows < 0 ? counts[-1 - rows] : rows;
}

// For functions that a group calls together: they hold barriers and take local memory. Written into the kernel wherever they
// are called, because a compiler was seen to let all groups share what was handed to a function called in two places.
#define GROUP_FUNCTION static inline __attribute__((always_inline))
