// Where keys and values of a sequence are kept. A plane holds one layer: blocks of so many tokens, a row for each token.
// What does not belong to what a token sees may hold anything, NaN included, and is never read.
#pragma once
#include "common.cuh"

#define KV_F32 0
#define KV_F16 1
#define KV_Q8_0 2

#define Q8_0_LENGTH 32
#define Q8_0_BYTES 34

// The place of a token among all places of the plane.
FUNCTION size_t place_of(const int *table, int index, int blockTokens) {
    return (size_t)table[index / blockTokens] * blockTokens + index % blockTokens;
}
