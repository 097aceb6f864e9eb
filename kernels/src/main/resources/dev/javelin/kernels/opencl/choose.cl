// The largest element of a row, or the largest few. Where rows are outputs, the step may add biases to numbers and say which
// of them may be chosen at all.

// A copy of the rows, to add biases to. Work-item (column, row).
kernel void copy_rows(global float *restrict out, const global float *restrict x, const global int *restrict counts,
        int rows, int n) {
    const int row = get_group_id(1);
    const int column = get_global_id(0);
    if (row < rows_of(counts, rows) && column < n) {
        out[(size_t)row * n + column] = x[(size_t)row * n + column];
    }
}

// Adds the biases of a row in their order; one work-item a row.
kernel void add_biases(global float *restrict x, const global int *restrict biasRows,
        const global int *restrict biasTokens, const global float *restrict biasValues,
        const global int *restrict counts, int n) {
    const int row = get_group_id(0);
    if (get_local_id(0) > 0 || row >= counts[OUTPUTS]) {
        return;
    }
    for (int i = 0; i < counts[BIASES]; i++) {
        if (biasRows[i] == row) {
            x[(size_t)row * n + biasTokens[i]] += biasValues[i];
        }
    }
}

// Whether the mask of a row lets an id be chosen; without masks there is no vocabulary.
static bool allowed(const global int *masked, const global int *mask, int vocabulary, int row, int id) {
    return vocabulary == 0 || masked[row] == 0 || (id < vocabulary && (mask[id / 32] >> (id % 32) & 1) != 0);
}

// NaN is never the largest; a row with nothing to choose from gives 0.
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void argmax(global int *restrict out,
        const global float *restrict x, const global int *restrict masked, const global int *restrict masks,
        const global int *restrict counts, int rows, int n, int vocabulary) {
    local float numbers[LOCAL];
    local int indices[LOCAL];
    const int row = get_group_id(0);
    const bool real = row < rows_of(counts, rows);
    const global float *own = x + (size_t)row * n;
    const global int *mask = masks + (size_t)row * ((vocabulary + 31) / 32);
    const Found none = {0.0f, -1};
    Found best = none;
    for (int i = get_local_id(0); real && i < n; i += LOCAL) {
        if (!isnan(own[i]) && allowed(masked, mask, vocabulary, row, i)) {
            best = take(best, own[i], i, none);
        }
    }
    best = best_of_all(best, numbers, indices);
    if (real && get_local_id(0) == 0) {
        out[row] = max(best.index, 0);
    }
}

// NaN and what is not allowed count as negative infinity.
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void topk(global int *restrict ids,
        global float *restrict values, const global float *restrict x, const global int *restrict masked,
        const global int *restrict masks, const global int *restrict counts, int rows, int n, int k, int vocabulary) {
    local float numbers[LOCAL];
    local int indices[LOCAL];
    const int row = get_group_id(0);
    const bool real = row < rows_of(counts, rows);
    const global float *own = x + (size_t)row * n;
    const global int *mask = masks + (size_t)row * ((vocabulary + 31) / 32);
    Found last = {0.0f, -1};
    for (int place = 0; place < k; place++) {
        Found best = {0.0f, -1};
        for (int i = get_local_id(0); real && i < n; i += LOCAL) {
            const bool choosable = !isnan(own[i]) && allowed(masked, mask, vocabulary, row, i);
            best = take(best, choosable ? own[i] : -INFINITY, i, last);
        }
        last = best_of_all(best, numbers, indices);
        if (real && get_local_id(0) == 0) {
            ids[(size_t)row * k + place] = last.index;
            values[(size_t)row * k + place] = last.number;
        }
    }
}
