// The largest of a row of numbers, found by a block. Of equal ones the lowest index counts as larger, so that there is one
// order: largest first.
#pragma once
#include "common.cuh"

#define LOCAL 256

struct Found {
    float number;
    int index; // -1 for none
};

// Whether one comes before another in the order.
FUNCTION bool before(float number, int index, Found other) {
    return other.index < 0 || number > other.number || (number == other.number && index < other.index);
}

// Takes the number into account unless it comes before what was found last time, or is that.
FUNCTION Found take(Found best, float number, int index, Found last) {
    const bool left = last.index < 0 || (before(last.number, last.index, {number, index}) && index != last.index);
    return left && before(number, index, best) ? Found{number, index} : best;
}

FUNCTION Found best_of_warp(Found own) {
#pragma unroll
    for (int step = WARP / 2; step > 0; step /= 2) {
        const Found other = {__shfl_xor_sync(ALL_LANES, own.number, step), __shfl_xor_sync(ALL_LANES, own.index, step)};
        if (other.index >= 0 && before(other.number, other.index, own)) {
            own = other;
        }
    }
    return own;
}

// The best of what all threads of the block found. All of them call it; each room has a place for each warp.
FUNCTION Found best_of_all(Found own, float *numbers, int *indices) {
    own = best_of_warp(own);
    __syncthreads(); // nobody reads the last result any more
    if (threadIdx.x % WARP == 0) {
        numbers[threadIdx.x / WARP] = own.number;
        indices[threadIdx.x / WARP] = own.index;
    }
    __syncthreads();
    Found best = {0.0f, -1};
#pragma unroll
    for (int i = 0; i < LOCAL / WARP; i++) {
        if (indices[i] >= 0 && before(numbers[i], indices[i], best)) {
            best = {numbers[i], indices[i]};
        }
    }
    return best;
}
