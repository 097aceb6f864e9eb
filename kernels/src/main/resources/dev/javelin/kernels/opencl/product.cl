// The product of some rows of activations with some rows of a matrix: ROWS x SPLITS work-items, each with a row of the matrix
// and every SPLITS-th chunk of it. ROWS divides TILE. A chunk is decoded once for all columns, that is, rows of activations.
//
// Every chunk has a sum of its own, which keeps the error small where rows are long. The order of additions is the same
// for any number of columns.

#define COLUMNS 8

typedef struct {
    float8 part[4];
} Chunk;

static Chunk decode_chunk(PLANES, size_t tile, uint row, uint chunks, uint chunk) {
    Chunk decoded;
    for (uint part = 0; part < 4; part++) {
        decoded.part[part] = decode8(PLANE_ARGS, tile, row, chunks, chunk, part);
    }
    return decoded;
}

static float dot_chunk(const private Chunk *weights, const global float *x, int at, int k) {
    float4 sum = weights->part[0].lo * load4(x, at, k);
    sum = FMA(weights->part[0].hi, load4(x, at + 4, k), sum);
    for (int part = 1; part < 4; part++) {
        sum = FMA(weights->part[part].lo, load4(x, at + 8 * part, k), sum);
        sum = FMA(weights->part[part].hi, load4(x, at + 8 * part + 4, k), sum);
    }
    return (sum.x + sum.y) + (sum.z + sum.w);
}

// The share of one split of the product with one column. Two chunks at a time, so that more reads are under way.
static float dot_split(PLANES, size_t tile, uint row, const global float *x, int k, int chunks) {
    float sum = 0.0f;
    int chunk = get_local_id(1);
    for (; chunk + SPLITS < chunks; chunk += 2 * SPLITS) {
        Chunk first = decode_chunk(PLANE_ARGS, tile, row, chunks, chunk);
        Chunk second = decode_chunk(PLANE_ARGS, tile, row, chunks, chunk + SPLITS);
        sum += dot_chunk(&first, x, 32 * chunk, k);
        sum += dot_chunk(&second, x, 32 * (chunk + SPLITS), k);
    }
    if (chunk < chunks) {
        Chunk last = decode_chunk(PLANE_ARGS, tile, row, chunks, chunk);
        sum += dot_chunk(&last, x, 32 * chunk, k);
    }
    return sum;
}

// The same with up to COLUMNS columns. Those that are not there are taken for the first one.
static float8 dot_split8(PLANES, size_t tile, uint row, const global float *x, int k, int chunks, int columns) {
    float8 sum = (float8)0.0f;
    const global float *x1 = x + (columns > 1 ? (size_t)k : 0);
    const global float *x2 = x + (columns > 2 ? (size_t)2 * k : 0);
    const global float *x3 = x + (columns > 3 ? (size_t)3 * k : 0);
    const global float *x4 = x + (columns > 4 ? (size_t)4 * k : 0);
    const global float *x5 = x + (columns > 5 ? (size_t)5 * k : 0);
    const global float *x6 = x + (columns > 6 ? (size_t)6 * k : 0);
    const global float *x7 = x + (columns > 7 ? (size_t)7 * k : 0);
    for (int chunk = get_local_id(1); chunk < chunks; chunk += SPLITS) {
        Chunk weights = decode_chunk(PLANE_ARGS, tile, row, chunks, chunk);
        sum.s0 += dot_chunk(&weights, x, 32 * chunk, k);
        sum.s1 += dot_chunk(&weights, x1, 32 * chunk, k);
        if (columns > 2) { // the same for all work-items
            sum.s2 += dot_chunk(&weights, x2, 32 * chunk, k);
            sum.s3 += dot_chunk(&weights, x3, 32 * chunk, k);
        }
        if (columns > 4) {
            sum.s4 += dot_chunk(&weights, x4, 32 * chunk, k);
            sum.s5 += dot_chunk(&weights, x5, 32 * chunk, k);
            sum.s6 += dot_chunk(&weights, x6, 32 * chunk, k);
            sum.s7 += dot_chunk(&weights, x7, 32 * chunk, k);
        }
    }
    return sum;
}

// Adds the splits of a row, which lie ROWS apart.
static float all_splits(const local float *sums) {
    float sum = sums[0];
    for (int split = 1; split < SPLITS; split++) {
        sum += sums[split * ROWS];
    }
    return sum;
}
