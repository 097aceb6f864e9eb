// out = scale * x W^T + bias + residual for few rows of x, with integer dot products: x was brought to integers by `quantise`.
// A variant for devices that sum four products of bytes in one instruction. As in product.cl, ROWS x SPLITS work-items have a
// row of the matrix each and every SPLITS-th chunk of it.

#define WITH_BIAS 1
#define WITH_SCALE 2
#define WITH_RESIDUAL 4

#define COLUMNS 8

#ifdef INTEGER_DOT
#define DOT4(a, b) dot_4x8packed_ss_int(a, b)
#endif

// Eight words of weights with those of activations.
static int dot_words(uint4 low, uint4 high, const global uint4 *x) {
    const uint4 first = x[0];
    const uint4 second = x[1];
    int sum = DOT4(low.x, first.x) + DOT4(low.y, first.y);
    sum += DOT4(low.z, first.z) + DOT4(low.w, first.w);
    sum += DOT4(high.x, second.x) + DOT4(high.y, second.y);
    return sum + DOT4(high.z, second.z) + DOT4(high.w, second.w);
}

// Group (portion of ROWS rows of the matrix, portion of COLUMNS rows of x).
kernel __attribute__((reqd_work_group_size(ROWS, SPLITS, 1))) void integer(global float *restrict out,
        const global uint *restrict quants, const global float *restrict scales, PLANES,
        const global float *restrict bias, const global float *restrict scale, const global float *restrict residual,
        const global int *restrict counts, int rows, int n, int k, int chunks, int flags, int most) {
    local float sums[COLUMNS * SPLITS * ROWS];
    const int first = COLUMNS * get_group_id(1);
    const int all = rows_of(counts, rows);
    const int columns = all > most ? 0 : clamp(all - first, 0, COLUMNS);
    const int lane = get_local_id(0);
    const int split = get_local_id(1);
    const int row = ROWS * get_group_id(0) + lane;
    float own[COLUMNS];
    for (int column = 0; column < COLUMNS; column++) {
        own[column] = 0.0f;
    }
    for (int chunk = split; chunk < chunks && columns > 0; chunk += SPLITS) {
        const Quants weights = quants_of(PLANE_ARGS, row / TILE, row % TILE, chunks, chunk);
        for (int column = 0; column < COLUMNS; column++) {
            if (column < columns) { // the same for all
                const size_t block = (size_t)(first + column) * chunks + chunk;
                const float2 ofX = vload2(block, scales);
                const int dot = dot_words(weights.low, weights.high, (const global uint4 *)quants + 2 * block);
                own[column] += FMA(weights.scale, ofX.x * (float)dot, weights.offset * ofX.y);
            }
        }
    }
    for (int column = 0; column < COLUMNS; column++) {
        sums[(column * SPLITS + split) * ROWS + lane] = own[column];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    const float factor = flags & WITH_SCALE ? scale[0] : 1.0f;
    for (int column = split; column < columns && row < n; column += SPLITS) {
        const size_t at = (size_t)(first + column) * n + row;
        float sum = 0.0f;
        for (int i = 0; i < SPLITS; i++) {
            sum += sums[(column * SPLITS + i) * ROWS + lane];
        }
        float result = factor * sum;
        result += flags & WITH_BIAS ? bias[row] : 0.0f;
        result += flags & WITH_RESIDUAL ? residual[at] : 0.0f;
        out[at] = result;
    }
}
