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

// What a work-item of a group finds among the numbers first, first + LOCAL, .. of a row; NaN is left out.
static Found largest_number(const global float *row, int first, int end, const global int *masked,
        const global int *mask, int vocabulary, int rowIndex) {
    const Found none = {0.0f, -1};
    Found best = none;
    for (int i = first; i < end; i += LOCAL) {
        if (!isnan(row[i]) && allowed(masked, mask, vocabulary, rowIndex, i)) {
            best = take(best, row[i], i, none);
        }
    }
    return best;
}

// Where a row is cut into slices, a group finds the largest of one, and `merge_argmax` that of the row. NaN is never the largest;
// a row with nothing to choose from gives 0. Group (slice, row).
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void argmax(global int *restrict out,
        global int *restrict foundIds, global float *restrict foundValues, const global float *restrict x,
        const global int *restrict masked, const global int *restrict masks, const global int *restrict counts,
        int rows, int n, int vocabulary, int slices) {
    local float numbers[LOCAL];
    local int indices[LOCAL];
    const int row = get_group_id(1);
    const int slice = get_group_id(0);
    const bool real = row < rows_of(counts, rows);
    const global int *mask = masks + (size_t)row * ((vocabulary + 31) / 32);
    const int each = (n + slices - 1) / slices;
    const int first = slice * each + get_local_id(0);
    const int end = real ? min(n, (slice + 1) * each) : 0;
    Found best = largest_number(x + (size_t)row * n, first, end, masked, mask, vocabulary, row);
    best = best_of_all(best, numbers, indices);
    if (real && get_local_id(0) == 0 && slices == 1) {
        out[row] = max(best.index, 0);
    } else if (real && get_local_id(0) == 0) {
        foundIds[row * slices + slice] = best.index;
        foundValues[row * slices + slice] = best.number;
    }
}

// Group (row).
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void merge_argmax(global int *restrict out,
        const global int *restrict foundIds, const global float *restrict foundValues,
        const global int *restrict counts, int rows, int slices) {
    local float numbers[LOCAL];
    local int indices[LOCAL];
    const int row = get_group_id(0);
    const bool real = row < rows_of(counts, rows);
    const Found none = {0.0f, -1};
    Found best = none;
    for (int i = get_local_id(0); real && i < slices; i += LOCAL) {
        const int id = foundIds[row * slices + i];
        best = id < 0 ? best : take(best, foundValues[row * slices + i], id, none);
    }
    best = best_of_all(best, numbers, indices);
    if (real && get_local_id(0) == 0) {
        out[row] = max(best.index, 0);
    }
}

// What a work-item of a group finds behind the last one in the order among its numbers of a row; NaN and what is not allowed
// count as negative infinity.
static Found next_number(const global float *row, int first, int end, const global int *masked,
        const global int *mask, int vocabulary, int rowIndex, Found last) {
    Found best = {0.0f, -1};
    for (int i = first; i < end; i += LOCAL) {
        const bool choosable = !isnan(row[i]) && allowed(masked, mask, vocabulary, rowIndex, i);
        best = take(best, choosable ? row[i] : -INFINITY, i, last);
    }
    return best;
}

// The largest k in their order. Each work-item keeps the best of its own numbers at hand, and looks anew only when that was
// chosen. Where a row is cut into slices, a group finds the largest k of one, and `merge_topk` those of the row. Group (slice,
// row).
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void topk(global int *restrict ids,
        global float *restrict values, const global float *restrict x, const global int *restrict masked,
        const global int *restrict masks, const global int *restrict counts, int rows, int n, int k, int vocabulary,
        int slices) {
    local float numbers[LOCAL];
    local int indices[LOCAL];
    const int row = get_group_id(1);
    const int slice = get_group_id(0);
    const bool real = row < rows_of(counts, rows);
    const global float *own = x + (size_t)row * n;
    const global int *mask = masks + (size_t)row * ((vocabulary + 31) / 32);
    const int each = (n + slices - 1) / slices;
    const int first = slice * each + get_local_id(0);
    const int end = real ? min(n, (slice + 1) * each) : 0;
    const Found none = {0.0f, -1};
    Found best = next_number(own, first, end, masked, mask, vocabulary, row, none);
    for (int place = 0; place < k; place++) {
        const Found last = best_of_all(best, numbers, indices);
        if (real && get_local_id(0) == 0) {
            const size_t at = ((size_t)row * slices + slice) * k + place;
            ids[at] = last.index;
            values[at] = last.number;
        }
        if (last.index >= 0 && best.index == last.index) {
            best = next_number(own, first, end, masked, mask, vocabulary, row, last);
        }
    }
}

static Found next_found(const global int *ids, const global float *values, int count, Found last) {
    Found best = {0.0f, -1};
    for (int i = get_local_id(0); i < count; i += LOCAL) {
        best = ids[i] < 0 ? best : take(best, values[i], ids[i], last);
    }
    return best;
}

// Group (row).
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void merge_topk(global int *restrict ids,
        global float *restrict values, const global int *restrict foundIds, const global float *restrict foundValues,
        const global int *restrict counts, int rows, int k, int slices) {
    local float numbers[LOCAL];
    local int indices[LOCAL];
    const int row = get_group_id(0);
    const bool real = row < rows_of(counts, rows);
    const size_t first = (size_t)row * slices * k;
    const int count = real ? slices * k : 0;
    const Found none = {0.0f, -1};
    Found best = next_found(foundIds + first, foundValues + first, count, none);
    for (int place = 0; place < k; place++) {
        const Found last = best_of_all(best, numbers, indices);
        if (real && get_local_id(0) == 0) {
            ids[(size_t)row * k + place] = last.index;
            values[(size_t)row * k + place] = last.number;
        }
        if (last.index >= 0 && best.index == last.index) {
            best = next_found(foundIds + first, foundValues + first, count, last);
        }
    }
}
