// out = scale * x W^T + bias + residual for many rows of x, on GPUs. A group of SIDE x SIDE work-items works out a tile of EDGE
// rows of x by EDGE rows of the matrix, four by four each: chunk by chunk it decodes the weights into local memory once for
// all rows of x. Every chunk has a sum of its own, which keeps the error small where rows are long.

#define WITH_BIAS 1
#define WITH_SCALE 2
#define WITH_RESIDUAL 4

#define CHUNK 32

// Where a number of the chunk lies in local memory: numbers of one place in the chunk beside each other.
#define AT(place, row) ((place) * STRIDE + (row))

// Group (tile of rows of the matrix, tile of rows of x). Of at most `most` rows of x the product is worked out by `matmul`.
kernel __attribute__((reqd_work_group_size(SIDE, SIDE, 1))) void tiled(global float *restrict out,
        const global float *restrict x, PLANES, const global float *restrict bias,
        const global float *restrict scale, const global float *restrict residual, const global int *restrict counts,
        int rows, int n, int k, int chunks, int flags, int most) {
    local float weights[CHUNK * STRIDE];
    local float numbers[CHUNK * STRIDE];
    const int all = rows_of(counts, rows);
    const int lane = get_local_id(1) * SIDE + get_local_id(0);
    const int firstRow = EDGE * get_group_id(0);
    const int first = EDGE * get_group_id(1);
    const int count = all > most ? clamp(all - first, 0, EDGE) : 0; // the same for all
    float4 sums[4]; // of a row of x with four rows of the matrix
    for (int i = 0; i < 4; i++) {
        sums[i] = (float4)0.0f;
    }
    for (int chunk = 0; chunk < chunks && count > 0; chunk++) {
        barrier(CLK_LOCAL_MEM_FENCE); // nobody reads the chunk before
        for (int unit = lane; unit < 4 * EDGE; unit += SIDE * SIDE) {
            const int row = unit % EDGE;
            const int part = unit / EDGE;
            float8 decoded = (float8)0.0f;
            if (firstRow + row < n) {
                const size_t tile = (firstRow + row) / TILE;
                decoded = decode8(PLANE_ARGS, tile, (firstRow + row) % TILE, chunks, chunk, part);
            }
            weights[AT(8 * part, row)] = decoded.s0;
            weights[AT(8 * part + 1, row)] = decoded.s1;
            weights[AT(8 * part + 2, row)] = decoded.s2;
            weights[AT(8 * part + 3, row)] = decoded.s3;
            weights[AT(8 * part + 4, row)] = decoded.s4;
            weights[AT(8 * part + 5, row)] = decoded.s5;
            weights[AT(8 * part + 6, row)] = decoded.s6;
            weights[AT(8 * part + 7, row)] = decoded.s7;
        }
        for (int unit = lane; unit < 8 * EDGE; unit += SIDE * SIDE) {
            const int row = unit / 8;
            const int place = 4 * (unit % 8);
            float4 four = (float4)0.0f;
            if (row < count) {
                const global float *from = x + (size_t)(first + row) * k;
                four = load4(from, CHUNK * chunk + place, k);
            }
            numbers[AT(place, row)] = four.x;
            numbers[AT(place + 1, row)] = four.y;
            numbers[AT(place + 2, row)] = four.z;
            numbers[AT(place + 3, row)] = four.w;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        float4 own[4];
        for (int i = 0; i < 4; i++) {
            own[i] = (float4)0.0f;
        }
        for (int place = 0; place < CHUNK; place++) {
            const float4 four = vload4(get_local_id(0), weights + AT(place, 0));
            const float4 with = vload4(get_local_id(1), numbers + AT(place, 0));
            own[0] = FMA((float4)with.x, four, own[0]);
            own[1] = FMA((float4)with.y, four, own[1]);
            own[2] = FMA((float4)with.z, four, own[2]);
            own[3] = FMA((float4)with.w, four, own[3]);
        }
        for (int i = 0; i < 4; i++) {
            sums[i] += own[i];
        }
    }
    const float factor = flags & WITH_SCALE ? scale[0] : 1.0f;
    for (int i = 0; i < 4; i++) {
        const int token = 4 * get_local_id(1) + i;
        float four[4];
        vstore4(sums[i], 0, four);
        for (int j = 0; j < 4; j++) {
            const int row = firstRow + 4 * get_local_id(0) + j;
            if (token < count && row < n) {
                const size_t at = (size_t)(first + token) * n + row;
                float result = factor * four[j];
                result += flags & WITH_BIAS ? bias[row] : 0.0f;
                result += flags & WITH_RESIDUAL ? residual[at] : 0.0f;
                out[at] = result;
            }
        }
    }
}
