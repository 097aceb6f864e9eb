// What all kernels begin with. Products and sums are contracted only where fmaf is written, so that one formula gives the
// same bits in every kernel that has it.
#pragma once

#include <sys/types.h> // uint, ushort and ulong

typedef unsigned char uchar;
static_assert(sizeof(ulong) == 8, "angles have 64 bits");

#define KERNEL(threads) extern "C" __global__ void __launch_bounds__(threads)
#define FUNCTION static __device__ __forceinline__

#define WARP 32
#define ALL_LANES 0xffffffffu
#define INFINITE __int_as_float(0x7f800000)
#define NOT_A_NUMBER __int_as_float(0x7fc00000)

// The ints of the step, as the host sends them.
#define TOKENS 0
#define SEQUENCES 1
#define OUTPUTS 2
#define BIASES 3

// Rows of an operand: a constant, or -1 - i for count i of the step.
FUNCTION int rows_of(const int *counts, int rows) {
    return rows < 0 ? counts[-1 - rows] : rows;
}

FUNCTION float warp_sum(float own) {
#pragma unroll
    for (int step = WARP / 2; step > 0; step /= 2) {
        own += __shfl_xor_sync(ALL_LANES, own, step);
    }
    return own;
}

// The sum over a block of so many threads; all of them call it. `room` has a place for each warp.
template <int THREADS>
FUNCTION float block_sum(float own, float *room) {
    own = warp_sum(own);
    __syncthreads(); // nobody reads the last sum any more
    if (threadIdx.x % WARP == 0) {
        room[threadIdx.x / WARP] = own;
    }
    __syncthreads();
    float sum = 0.0f;
#pragma unroll
    for (int i = 0; i < THREADS / WARP; i++) {
        sum += room[i];
    }
    return sum;
}

// Storage in F16.
FUNCTION float half_to_float(ushort bits) {
    float number;
    asm("cvt.f32.f16 %0, %1;" : "=f"(number) : "h"(bits));
    return number;
}

FUNCTION ushort float_to_half(float number) {
    ushort bits;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(bits) : "f"(number));
    return bits;
}
