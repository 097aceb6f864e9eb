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

// The part of a row that a block looks at: numbers from, from + LOCAL, .. before end are the thread's.
struct Slice {
    const float *row;
    const int *mask;
    int from;
    int end;
};

FUNCTION Slice slice_of(const float *x, const int *masks, int vocabulary, int row, int n, int slices) {
    const int each = (n + slices - 1) / slices;
    return {x + (size_t)row * n, masks + (size_t)row * ((vocabulary + 31) / 32), (int)(blockIdx.x * each + threadIdx.x),
            min(n, (int)(blockIdx.x + 1) * each)};
}

// Where a row is cut into slices, a block finds the largest of one, and `merge_argmax` that of the row. NaN is never the
// largest; a row with nothing to choose from gives 0. Block (slice, row).
KERNEL(LOCAL)
argmax(int *__restrict__ out, int *__restrict__ foundIds, float *__restrict__ foundValues, const float *__restrict__ x,
        const int *__restrict__ masked, const int *__restrict__ masks, const int *__restrict__ counts, int rows, int n,
        int vocabulary, int slices) {
    __shared__ float numbers[LOCAL / WARP];
    __shared__ int indices[LOCAL / WARP];
    const int row = blockIdx.y;
    if (row >= rows_of(counts, rows)) {
        return;
    }
    const Slice own = slice_of(x, masks, vocabulary, row, n, slices);
    const Found none = {0.0f, -1};
    Found best = none;
    for (int first = own.from; first < own.end; first += AT_ONCE * LOCAL) {
        float read[AT_ONCE]; // all on their way before the first is looked at
#pragma unroll
        for (int j = 0; j < AT_ONCE; j++) {
            read[j] = first + j * LOCAL < own.end ? own.row[first + j * LOCAL] : NOT_A_NUMBER;
        }
#pragma unroll
        for (int j = 0; j < AT_ONCE; j++) {
            if (!isnan(read[j]) && allowed(masked, own.mask, vocabulary, row, first + j * LOCAL)) {
                best = take(best, read[j], first + j * LOCAL, none);
            }
        }
    }
    best = best_of_all(best, numbers, indices);
    if (threadIdx.x == 0 && slices == 1) {
        out[row] = max(best.index, 0);
    } else if (threadIdx.x == 0) {
        foundIds[row * slices + blockIdx.x] = best.index;
        foundValues[row * slices + blockIdx.x] = best.number;
    }
}

// Block (row).
KERNEL(LOCAL)
merge_argmax(int *__restrict__ out, const int *__restrict__ foundIds, const float *__restrict__ foundValues,
        const int *__restrict__ counts, int rows, int slices) {
    __shared__ float numbers[LOCAL / WARP];
    __shared__ int indices[LOCAL / WARP];
    const int row = blockIdx.x;
    if (row >= rows_of(counts, rows)) {
        return;
    }
    const Found none = {0.0f, -1};
    Found best = none;
    for (int i = threadIdx.x; i < slices; i += LOCAL) {
        const int id = foundIds[row * slices + i];
        best = id < 0 ? best : take(best, foundValues[row * slices + i], id, none);
    }
    best = best_of_all(best, numbers, indices);
    if (threadIdx.x == 0) {
        out[row] = max(best.index, 0);
    }
}

// What a thread finds behind the last one in the order; NaN and what is not allowed count as negative infinity.
FUNCTION Found next_number(Slice own, const int *masked, int vocabulary, int row, Found last) {
    Found best = {0.0f, -1};
    for (int i = own.from; i < own.end; i += LOCAL) {
        const bool choosable = !isnan(own.row[i]) && allowed(masked, own.mask, vocabulary, row, i);
        best = take(best, choosable ? own.row[i] : -INFINITE, i, last);
    }
    return best;
}

// The largest k in their order. Each thread keeps the best of its own numbers at hand, and looks anew only when that was chosen.
// Where a row is cut into slices, a block finds the largest k of one, and `merge_topk` those of the row. Block (slice, row).
KERNEL(LOCAL)
topk(int *__restrict__ ids, float *__restrict__ values, const float *__restrict__ x, const int *__restrict__ masked,
        const int *__restrict__ masks, const int *__restrict__ counts, int rows, int n, int k, int vocabulary,
        int slices) {
    __shared__ float numbers[LOCAL / WARP];
    __shared__ int indices[LOCAL / WARP];
    const int row = blockIdx.y;
    if (row >= rows_of(counts, rows)) {
        return;
    }
    const Slice own = slice_of(x, masks, vocabulary, row, n, slices);
    Found best = next_number(own, masked, vocabulary, row, {0.0f, -1});
    for (int place = 0; place < k; place++) {
        const Found last = best_of_all(best, numbers, indices);
        if (threadIdx.x == 0) {
            const size_t at = ((size_t)row * slices + blockIdx.x) * k + place;
            ids[at] = last.index;
            values[at] = last.number;
        }
        if (last.index >= 0 && best.index == last.index) {
            best = next_number(own, masked, vocabulary, row, last);
        }
    }
}

FUNCTION Found next_found(const int *ids, const float *values, int count, Found last) {
    Found best = {0.0f, -1};
    for (int i = threadIdx.x; i < count; i += LOCAL) {
        best = ids[i] < 0 ? best : take(best, values[i], ids[i], last);
    }
    return best;
}

// Block (row).
KERNEL(LOCAL)
merge_topk(int *__restrict__ ids, float *__restrict__ values, const int *__restrict__ foundIds,
        const float *__restrict__ foundValues, const int *__restrict__ counts, int rows, int k, int slices) {
    __shared__ float numbers[LOCAL / WARP];
    __shared__ int indices[LOCAL / WARP];
    const int row = blockIdx.x;
    if (row >= rows_of(counts, rows)) {
        return;
    }
    const int *ownIds = foundIds + (size_t)row * slices * k;
    const float *ownValues = foundValues + (size_t)row * slices * k;
    Found best = next_found(ownIds, ownValues, slices * k, {0.0f, -1});
    for (int place = 0; place < k; place++) {
        const Found last = best_of_all(best, numbers, indices);
        if (threadIdx.x == 0) {
            ids[(size_t)row * k + place] = last.index;
            values[(size_t)row * k + place] = last.number;
        }
        if (last.index >= 0 && best.index == last.index) {
            best = next_found(ownIds, ownValues, slices * k, last);
        }
    }
}
