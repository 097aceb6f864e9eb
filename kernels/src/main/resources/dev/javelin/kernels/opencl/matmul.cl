// out = scale * x W^T + bias + residual, the last three where the flags say so.

#define WITH_BIAS 1
#define WITH_SCALE 2
#define WITH_RESIDUAL 4

// Group (portion of ROWS rows of the matrix, portion of COLUMNS rows of x). Of more than `most` rows of x the product is
// worked out by `tiled`.
kernel __attribute__((reqd_work_group_size(ROWS, SPLITS, 1))) void matmul(global float *restrict out,
        const global float *restrict x, PLANES, const global float *restrict bias,
        const global float *restrict scale, const global float *restrict residual, const global int *restrict counts,
        int rows, int n, int k, int chunks, int flags, int most) {
    local float sums[COLUMNS * SPLITS * ROWS];
    const int first = COLUMNS * get_group_id(1);
    const int all = rows_of(counts, rows);
    const int columns = all > most ? 0 : clamp(all - first, 0, COLUMNS);
    const int lane = get_local_id(0);
    const int row = ROWS * get_group_id(0) + lane;
    const size_t tile = row / TILE;
    const int split = get_local_id(1);
    const global float *from = x + (size_t)first * k;
    local float *own = sums + split * ROWS + lane;
    if (columns == 1) {
        own[0] = dot_split(PLANE_ARGS, tile, row % TILE, from, k, chunks);
    } else if (columns > 1) {
        float8 sum = dot_split8(PLANE_ARGS, tile, row % TILE, from, k, chunks, columns);
        own[0 * SPLITS * ROWS] = sum.s0;
        own[1 * SPLITS * ROWS] = sum.s1;
        own[2 * SPLITS * ROWS] = sum.s2;
        own[3 * SPLITS * ROWS] = sum.s3;
        own[4 * SPLITS * ROWS] = sum.s4;
        own[5 * SPLITS * ROWS] = sum.s5;
        own[6 * SPLITS * ROWS] = sum.s6;
        own[7 * SPLITS * ROWS] = sum.s7;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    const float factor = flags & WITH_SCALE ? scale[0] : 1.0f;
    for (int column = split; column < columns && row < n; column += SPLITS) {
        const size_t at = (size_t)(first + column) * n + row;
        float result = factor * all_splits(sums + column * SPLITS * ROWS + lane);
        result += flags & WITH_BIAS ? bias[row] : 0.0f;
        result += flags & WITH_RESIDUAL ? residual[at] : 0.0f;
        out[at] = result;
    }
}
