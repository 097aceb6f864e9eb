// Chooses the experts of each row and their shares. Scores are kept in memory, so there may be any number of experts.
#include "largest.cuh"

#define WITH_BIAS 1
#define SIGMOID 2
#define RENORMALISE 4

// Block (row).
KERNEL(LOCAL)
route(int *experts, float *shares, float *scores, const float *__restrict__ logits, const float *__restrict__ bias,
        const int *__restrict__ counts, int rows, int n, int k, float scale, int flags) {
    __shared__ float numbers[LOCAL / WARP];
    __shared__ int indices[LOCAL / WARP];
    const int lane = threadIdx.x;
    const int row = blockIdx.x;
    if (row >= rows_of(counts, rows)) {
        return;
    }
    const float *own = logits + (size_t)row * n;
    float *score = scores + (size_t)row * n; // each element belongs to one thread
    const Found none = {0.0f, -1};
    Found best = none;
    float sum = 0.0f;
    if (flags & SIGMOID) {
        for (int i = lane; i < n; i += LOCAL) {
            score[i] = 1.0f / (1.0f + expf(-own[i]));
        }
    } else {
        for (int i = lane; i < n; i += LOCAL) {
            best = isnan(own[i]) ? best : take(best, own[i], i, none);
        }
        best = best_of_all(best, numbers, indices);
        for (int i = lane; i < n; i += LOCAL) { // a NaN makes the sum NaN, and that all scores
            score[i] = expf(own[i] - best.number);
            sum += score[i];
        }
        sum = block_sum<LOCAL>(sum, numbers);
        for (int i = lane; i < n; i += LOCAL) {
            score[i] /= sum;
        }
    }
    Found last = none;
    for (int place = 0; place < k; place++) {
        best = none;
        for (int i = lane; i < n; i += LOCAL) {
            const float rank = flags & WITH_BIAS ? score[i] + bias[i] : score[i];
            best = take(best, isnan(rank) ? -INFINITE : rank, i, last);
        }
        last = best_of_all(best, numbers, indices);
        if (last.index % LOCAL == lane) { // whoever worked it out
            experts[(size_t)row * k + place] = last.index;
            shares[(size_t)row * k + place] = score[last.index];
        }
    }
    __syncthreads();
    float chosen = 0.0f;
    for (int place = 0; place < k; place++) {
        chosen += shares[(size_t)row * k + place];
    }
    __syncthreads(); // all have read the scores before they become shares
    for (int i = lane; i < k; i += LOCAL) {
        const size_t at = (size_t)row * k + i;
        shares[at] = (flags & RENORMALISE ? shares[at] / chosen : shares[at]) * scale;
    }
}
