// Keeps the keys, or the values, of the new tokens.
#include "q8_0_block.cuh"

// F32 or F16: a thread keeps an element.
KERNEL(1024)
write_plain(uchar *__restrict__ kept, const float *__restrict__ x, const int *__restrict__ tables,
        const int *__restrict__ sequences, const int *__restrict__ kvIndices, const int *__restrict__ counts, int width,
        int blockTokens, int tableLength, int format) {
    const int token = blockIdx.y;
    const int column = blockIdx.x * blockDim.x + threadIdx.x;
    if (token >= counts[TOKENS] || column >= width) {
        return;
    }
    const int *table = tables + (size_t)sequences[token] * tableLength;
    const size_t to = place_of(table, kvIndices[token], blockTokens) * width + column;
    const float number = x[(size_t)token * width + column];
    if (format == KV_F16) {
        ((ushort *)kept)[to] = float_to_half(number);
    } else {
        ((float *)kept)[to] = number;
    }
}

// Q8_0: a thread keeps a block.
KERNEL(1024)
write_q8_0(uchar *__restrict__ kept, const float *__restrict__ x, const int *__restrict__ tables,
        const int *__restrict__ sequences, const int *__restrict__ kvIndices, const int *__restrict__ counts, int width,
        int blockTokens, int tableLength, int format) {
    const int token = blockIdx.y;
    const int block = blockIdx.x * blockDim.x + threadIdx.x;
    const int blocks = width / Q8_0_LENGTH;
    if (token >= counts[TOKENS] || block >= blocks) {
        return;
    }
    const int *table = tables + (size_t)sequences[token] * tableLength;
    const size_t place = place_of(table, kvIndices[token], blockTokens);
    keep_q8_0(kept + (place * blocks + block) * Q8_0_BYTES, x + (size_t)token * width + block * Q8_0_LENGTH);
}
