// out = x / sqrt(mean(x^2) + eps) * weight over each group of `size` elements. With ADDED, x = a + b is worked out and kept
// first.
#include "common.cuh"

#define LOCAL 256

#define ADDED 1
#define ONE_ROW 2

// Block (group of elements, row).
KERNEL(LOCAL)
rms_norm(float *__restrict__ out, float *sum, const float *a, const float *b, const float *__restrict__ weight,
        const int *__restrict__ counts, int rows, int size, float eps, int flags) {
    __shared__ float room[LOCAL / WARP];
    const int row = blockIdx.y;
    const int group = blockIdx.x;
    if (row >= rows_of(counts, rows)) {
        return;
    }
    const size_t first = ((size_t)row * gridDim.x + group) * size;
    const size_t other = flags & ONE_ROW ? (size_t)group * size : first;
    float own = 0.0f;
    for (int i = threadIdx.x; i < size; i += LOCAL) {
        float x = a[first + i];
        if (flags & ADDED) {
            x += b[other + i];
            sum[first + i] = x;
        }
        own = fmaf(x, x, own);
    }
    const float factor = 1.0f / sqrtf(block_sum<LOCAL>(own, room) / (float)size + eps);
    for (int i = threadIdx.x; i < size; i += LOCAL) { // what each wrote itself, so no fence is needed
        const float x = flags & ADDED ? sum[first + i] : a[first + i];
        out[first + i] = x * factor * weight[i];
    }
}
