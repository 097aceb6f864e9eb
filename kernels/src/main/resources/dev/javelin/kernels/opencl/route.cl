// Chooses the experts of each row and their shares. Scores are kept in memory, so there may be any number of experts.

#define WITH_BIAS 1
#define SIGMOID 2
#define RENORMALISE 4

GROUP_FUNCTION float sum_of_all(local float *numbers, float own) {
    const int lane = get_local_id(0);
    barrier(CLK_LOCAL_MEM_FENCE);
    numbers[lane] = own;
    for (int step = LOCAL / 2; step > 0; step /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lane < step) {
            numbers[lane] += numbers[lane + step];
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    return numbers[0];
}

// Group (row).
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void route(global int *restrict experts,
        global float *restrict shares, global float *restrict scores, const global float *restrict logits,
        const global float *restrict bias, const global int *restrict counts, int rows, int n, int k, float scale,
        int flags) {
    local float numbers[LOCAL];
    local int indices[LOCAL];
    const int lane = get_local_id(0);
    const int row = get_group_id(0);
    const bool real = row < rows_of(counts, rows);
    const int count = real ? n : 0;
    const global float *own = logits + (size_t)row * n;
    global float *score = scores + (size_t)row * n; // each element belongs to one work-item
    if (flags & SIGMOID) {
        for (int i = lane; i < count; i += LOCAL) {
            score[i] = 1.0f / (1.0f + exp(-own[i]));
        }
    }
    const Found none = {0.0f, -1};
    Found best = none;
    float sum = 0.0f;
    for (int i = lane; i < count; i += LOCAL) {
        best = isnan(own[i]) ? best : take(best, own[i], i, none);
    }
    best = best_of_all(best, numbers, indices);
    if (!(flags & SIGMOID)) {
        for (int i = lane; i < count; i += LOCAL) { // a NaN makes the sum NaN, and that all scores
            score[i] = exp(own[i] - best.number);
            sum += score[i];
        }
    }
    sum = sum_of_all(numbers, sum);
    if (!(flags & SIGMOID)) {
        for (int i = lane; i < count; i += LOCAL) {
            score[i] /= sum;
        }
    }
    Found last = none;
    float chosen = 0.0f;
    for (int place = 0; place < k; place++) {
        best = none;
        for (int i = lane; i < count; i += LOCAL) {
            const float rank = flags & WITH_BIAS ? score[i] + bias[i] : score[i];
            best = take(best, isnan(rank) ? -INFINITY : rank, i, last);
        }
        last = best_of_all(best, numbers, indices);
        if (real && last.index % LOCAL == lane) { // whoever worked it out
            experts[(size_t)row * k + place] = last.index;
            shares[(size_t)row * k + place] = score[last.index];
        }
    }
    barrier(CLK_GLOBAL_MEM_FENCE);
    for (int place = 0; place < k; place++) {
        chosen += real ? shares[(size_t)row * k + place] : 0.0f;
    }
    barrier(CLK_GLOBAL_MEM_FENCE); // all have read the scores before they become shares
    for (int i = lane; real && i < k; i += LOCAL) {
        const size_t at = (size_t)row * k + i;
        shares[at] = (flags & RENORMALISE ? shares[at] / chosen : shares[at]) * scale;
    }
}
