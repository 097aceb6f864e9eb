// out = x / sqrt(mean(x^2) + eps) * weight over each group of `size` elements. With ADDED, x = a + b is worked out and kept
// first.

#define ADDED 1
#define ONE_ROW 2

// Group (group of elements, row).
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void norm(global float *restrict out,
        global float *restrict sum, const global float *a, const global float *b, const global float *restrict weight,
        const global int *restrict counts, int rows, int size, float eps, int flags) {
    local float squares[LOCAL];
    const int lane = get_local_id(0);
    const int row = get_group_id(1);
    const int group = get_group_id(0);
    const size_t first = ((size_t)row * get_num_groups(0) + group) * size;
    const size_t other = flags & ONE_ROW ? (size_t)group * size : first;
    const int count = row < rows_of(counts, rows) ? size : 0;
    float own = 0.0f;
    for (int i = lane; i < count; i += LOCAL) {
        float x = a[first + i];
        if (flags & ADDED) {
            x += b[other + i];
            sum[first + i] = x;
        }
        own = FMA(x, x, own);
    }
    squares[lane] = own;
    for (int step = LOCAL / 2; step > 0; step /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lane < step) {
            squares[lane] += squares[lane + step];
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    const float factor = 1.0f / sqrt(squares[0] / (float)size + eps);
    for (int i = lane; i < count; i += LOCAL) { // what each wrote itself, so no fence is needed
        const float x = flags & ADDED ? sum[first + i] : a[first + i];
        out[first + i] = x * factor * weight[i];
    }
}
