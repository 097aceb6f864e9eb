// The largest element of a row, or the largest few. Where rows are outputs, the step may add biases to numbers and say which
// of them may be chosen at all.
#include "largest.cuh"

#define AT_ONCE 8

// A copy of the rows, to add biases to. Thread (column, row).
KERNEL(1024)
copy_rows(float *__restrict__ out, const float *__restrict__ x, const int *__restrict__ counts, int rows, int n) {
    const int row = blockIdx.y;
    const int column = blockIdx.x * blockDim.x + threadIdx.x;
    if (row < rows_of(counts, rows) && column < n) {
        out[(size_t)row * n + column] = x[(size_t)row * n + column];
    }
}

// Adds the biases of a row in their order; one thread a row.
KERNEL(32)
add_biases(float *__restrict__ x, const int *__restrict__ biasRows, const int *__restrict__ biasTokens,
        const float *__restrict__ biasValues, const int *__restrict__ counts, int n) {
    const int row = blockIdx.x;
    if (threadIdx.x > 0 || row >= counts[OUTPUTS]) {
        return;
    }
    for (int i = 0; i < counts[BIASES]; i++) {
        if (biasRows[i] == row) {
            x[(size_t)row * n + biasTokens[i]] += biasValues[i];
        }
    }
}

// Whether the mask of a row lets an id be chosen; without masks there is no vocabulary.
FUNCTION bool allowed(const int *masked, const int *mask, int vocabulary, int row, int id) {
    return vocabulary == 0 || masked[row] == 0 || (id < vocabulary && (mask[id / 32] >> (id % 32) & 1) != 0);
}

// NaN is never the largest; a row with nothing to choose from gives 0.
KERNEL(LOCAL)
argmax(int *__restrict__ out, const float *__restrict__ x, const int *__restrict__ masked,
        const int *__restrict__ masks, const int *__restrict__ counts, int rows, int n, int vocabulary) {
    __shared__ float numbers[LOCAL / WARP];
    __shared__ int indices[LOCAL / WARP];
    const int row = blockIdx.x;
    if (row >= rows_of(counts, rows)) {
        return;
    }
    const float *own = x + (size_t)row * n;
    const int *mask = masks + (size_t)row * ((vocabulary + 31) / 32);
    const Found none = {0.0f, -1};
    Found best = none;
    for (int first = threadIdx.x; first < n; first += AT_ONCE * LOCAL) {
        float read[AT_ONCE]; // all on their way before the first is looked at: there is but one block a row
#pragma unroll
        for (int j = 0; j < AT_ONCE; j++) {
            read[j] = first + j * LOCAL < n ? own[first + j * LOCAL] : NOT_A_NUMBER;
        }
#pragma unroll
        for (int j = 0; j < AT_ONCE; j++) {
            if (!isnan(read[j]) && allowed(masked, mask, vocabulary, row, first + j * LOCAL)) {
                best = take(best, read[j], first + j * LOCAL, none);
            }
        }
    }
    best = best_of_all(best, numbers, indices);
    if (threadIdx.x == 0) {
        out[row] = max(best.index, 0);
    }
}

// NaN and what is not allowed count as negative infinity.
KERNEL(LOCAL)
topk(int *__restrict__ ids, float *__restrict__ values, const float *__restrict__ x, const int *__restrict__ masked,
        const int *__restrict__ masks, const int *__restrict__ counts, int rows, int n, int k, int vocabulary) {
    __shared__ float numbers[LOCAL / WARP];
    __shared__ int indices[LOCAL / WARP];
    const int row = blockIdx.x;
    if (row >= rows_of(counts, rows)) {
        return;
    }
    const float *own = x + (size_t)row * n;
    const int *mask = masks + (size_t)row * ((vocabulary + 31) / 32);
    Found last = {0.0f, -1};
    for (int place = 0; place < k; place++) {
        Found best = {0.0f, -1};
        for (int i = threadIdx.x; i < n; i += LOCAL) {
            const bool choosable = !isnan(own[i]) && allowed(masked, mask, vocabulary, row, i);
            best = take(best, choosable ? own[i] : -INFINITE, i, last);
        }
        last = best_of_all(best, numbers, indices);
        if (threadIdx.x == 0) {
            ids[(size_t)row * k + place] = last.index;
            values[(size_t)row * k + place] = last.number;
        }
    }
}
