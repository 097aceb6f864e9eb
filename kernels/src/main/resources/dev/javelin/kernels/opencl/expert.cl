// For each row and each of its chosen experts, the product with that expert's matrix, plus its bias.

#define WITH_BIAS 1
#define INPUT_PER_EXPERT 2

// Group (portion of ROWS rows of a matrix, choice).
kernel __attribute__((reqd_work_group_size(ROWS, SPLITS, 1))) void expert(global float *restrict out,
        const global float *restrict x, PLANES, const global int *restrict experts, const global float *restrict bias,
        const global int *restrict counts, int rows, int count, int chosen, int n, int k, int chunks, int flags) {
    local float sums[SPLITS * ROWS];
    const int choice = get_group_id(1);
    const bool real = choice < rows_of(counts, rows) * chosen;
    const int expert = real ? experts[choice] : -1;
    const bool known = expert >= 0 && expert < count; // indices may come from anywhere
    const int lane = get_local_id(0);
    const int split = get_local_id(1);
    const int row = ROWS * get_group_id(0) + lane;
    if (known) { // each matrix begins with a tile of its own
        const size_t tile = (size_t)expert * ((n + TILE - 1) / TILE) + row / TILE;
        const int input = flags & INPUT_PER_EXPERT ? choice : choice / chosen;
        sums[split * ROWS + lane] = dot_split(PLANE_ARGS, tile, row % TILE, x + (size_t)input * k, k, chunks);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (real && split == 0 && row < n) {
        float result = known ? all_splits(sums + lane) : NAN;
        result += known && flags & WITH_BIAS ? bias[(size_t)expert * n + row] : 0.0f;
        out[(size_t)choice * n + row] = result;
    }
}
