// What reads weights of the format that the text formats/FORMAT.cuh describes: rows of a table, and products.
#include "format.cuh"
#include "product.cuh"
#include "active.cuh"

#define FEEDBACK 1
#define EMBEDDING 2

// Rows of a table, one for each token, times a factor. Thread (chunk, token).
KERNEL(1024)
embed(float *__restrict__ out, const uchar *__restrict__ p0, const uchar *__restrict__ p1, const uchar *__restrict__ p2,
        const uchar *__restrict__ p3, const uchar *__restrict__ codes, const int *__restrict__ sources,
        const int *__restrict__ tokens, const int *__restrict__ feedback, const float *__restrict__ embeddings,
        const int *__restrict__ counts, int vocabulary, int width, int chunks, float factor) {
    const int token = blockIdx.y;
    const int chunk = blockIdx.x * blockDim.x + threadIdx.x;
    if (token >= counts[TOKENS] || chunk >= chunks) {
        return;
    }
    const int source = sources[token];
    int id = tokens[token];
    const int first = CHUNK * chunk;
    const int count = min(CHUNK, width - first);
    float *to = out + (size_t)token * width + first;
    if (source == EMBEDDING) { // copied as it is
        const float *from = embeddings + (size_t)id * width + first;
#pragma unroll 1
        for (int i = 0; i < count; i++) {
            to[i] = from[i];
        }
        return;
    }
    if (source == FEEDBACK) {
        id = feedback[id];
    }
    if (id < 0 || id >= vocabulary) { // only an id fed back can be wrong: nobody checked it before
#pragma unroll 1
        for (int i = 0; i < count; i++) {
            to[i] = NOT_A_NUMBER;
        }
        return;
    }
    const Planes planes = {p0, p1, p2, p3, codes};
    const Raw raw = load({planes, (size_t)(id / TILE), (uint)(id % TILE), (uint)chunks, (uint)chunk});
#pragma unroll
    for (int part = 0; part < 4; part++) {
        float w[8];
        exact(raw, part, w);
#ifndef RAGGED
        float4 *quads = (float4 *)(to + 8 * part);
        quads[0] = make_float4(w[0] * factor, w[1] * factor, w[2] * factor, w[3] * factor);
        quads[1] = make_float4(w[4] * factor, w[5] * factor, w[6] * factor, w[7] * factor);
#else
#pragma unroll
        for (int i = 0; i < 8; i++) {
            if (8 * part + i < count) {
                to[8 * part + i] = w[i] * factor;
            }
        }
#endif
    }
}

// Flags of products; those of the second and third matrix are further left.
#define WITH_BIAS 1
#define WITH_SCALE 8
#define WITH_RESIDUAL 64
#define WITH_NORM 128

// out = scale * x W^T + bias + residual for one row of x, or its norm, and up to three matrices. Blocks take turns with the
// portions of the rows of all matrices.
KERNEL(THREADS)
product(float *__restrict__ out0, const uchar *__restrict__ p00, const uchar *__restrict__ p01,
        const uchar *__restrict__ p02, const uchar *__restrict__ p03, const float *__restrict__ bias0,
        const float *__restrict__ scale0, float *__restrict__ out1, const uchar *__restrict__ p10,
        const uchar *__restrict__ p11, const uchar *__restrict__ p12, const uchar *__restrict__ p13,
        const float *__restrict__ bias1, const float *__restrict__ scale1, float *__restrict__ out2,
        const uchar *__restrict__ p20, const uchar *__restrict__ p21, const uchar *__restrict__ p22,
        const uchar *__restrict__ p23, const float *__restrict__ bias2, const float *__restrict__ scale2,
        const uchar *__restrict__ codes, const float *__restrict__ x, const float *__restrict__ weight,
        const float *residual, const int *__restrict__ counts, int rows, int n0, int n1, int n2, int k, int chunks,
        int shift, float eps, int flags) {
    __shared__ Shared shared;
    if (rows_of(counts, rows) != 1) { // there is another kernel for that
        return;
    }
    const int portion = 1 << shift;
    const int blocks0 = (n0 + portion - 1) >> shift;
    const int blocks1 = (n1 + portion - 1) >> shift;
    const int blocks2 = (n2 + portion - 1) >> shift;
    const Input input = {x, flags & WITH_NORM ? weight : nullptr, k, chunks, 1, eps};
    const float factor = input.weight == nullptr ? 1.0f : measured(shared, input);
    bool there = false;
#pragma unroll 1
    for (int at = blockIdx.x; at < blocks0 + blocks1 + blocks2; at += gridDim.x) {
        int block = at;
        int n = n0;
        float *out = out0;
        Planes planes[1] = {{p00, p01, p02, p03, codes}};
        const float *bias = flags & WITH_BIAS ? bias0 : nullptr;
        const float *scale = flags & WITH_SCALE ? scale0 : nullptr;
        const float *added = flags & WITH_RESIDUAL ? residual : nullptr;
        if (block >= blocks0 + blocks1) {
            block -= blocks0 + blocks1;
            n = n2;
            out = out2;
            planes[0] = {p20, p21, p22, p23, codes};
            bias = flags & WITH_BIAS << 2 ? bias2 : nullptr;
            scale = flags & WITH_SCALE << 2 ? scale2 : nullptr;
            added = nullptr;
        } else if (block >= blocks0) {
            block -= blocks0;
            n = n1;
            out = out1;
            planes[0] = {p10, p11, p12, p13, codes};
            bias = flags & WITH_BIAS << 1 ? bias1 : nullptr;
            scale = flags & WITH_SCALE << 1 ? scale1 : nullptr;
            added = nullptr;
        }
        const int own = (block << shift) + (threadIdx.x & portion - 1);
        float sums[1];
        multiply(shared, planes, own / TILE, own % TILE, threadIdx.x >> shift, THREADS >> shift, input, factor, there, sums);
        float result = whole(shared.parts, sums, portion, 1);
        if (threadIdx.x < portion && own < n) {
            result *= scale == nullptr ? 1.0f : scale[0];
            result += bias == nullptr ? 0.0f : bias[own];
            result += added == nullptr ? 0.0f : added[own];
            out[own] = result;
        }
    }
}

// out = active(gate) * up, both products of one row of x, or of its norm. Blocks take turns with the portions of rows.
KERNEL(THREADS)
gate_up(float *__restrict__ out, const uchar *__restrict__ p00, const uchar *__restrict__ p01,
        const uchar *__restrict__ p02, const uchar *__restrict__ p03, const float *__restrict__ bias0,
        const float *__restrict__ scale0, const uchar *__restrict__ p10, const uchar *__restrict__ p11,
        const uchar *__restrict__ p12, const uchar *__restrict__ p13, const float *__restrict__ bias1,
        const float *__restrict__ scale1, const uchar *__restrict__ codes, const float *__restrict__ x,
        const float *__restrict__ weight, const int *__restrict__ counts, int rows, int n, int k, int chunks, int shift,
        int activation, float eps, int flags) {
    __shared__ Shared shared;
    if (rows_of(counts, rows) != 1) {
        return;
    }
    const int portion = 1 << shift;
    const Input input = {x, flags & WITH_NORM ? weight : nullptr, k, chunks, 1, eps};
    const Planes planes[2] = {{p00, p01, p02, p03, codes}, {p10, p11, p12, p13, codes}};
    const float factor = input.weight == nullptr ? 1.0f : measured(shared, input);
    bool there = false;
#pragma unroll 1
    for (int first = blockIdx.x << shift; first < n; first += gridDim.x << shift) {
        const int own = first + (threadIdx.x & portion - 1);
        float sums[2];
        multiply(shared, planes, own / TILE, own % TILE, threadIdx.x >> shift, THREADS >> shift, input, factor, there, sums);
        const float result = whole(shared.parts, sums, portion, 2); // the second share of threads has up
        __syncthreads();
        if (threadIdx.x < 2 * portion) {
            shared.parts[threadIdx.x] = result;
        }
        __syncthreads();
        if (threadIdx.x < portion && own < n) {
            float gate = result * (flags & WITH_SCALE ? scale0[0] : 1.0f);
            gate += flags & WITH_BIAS ? bias0[own] : 0.0f;
            float up = shared.parts[portion + threadIdx.x] * (flags & WITH_SCALE << 1 ? scale1[0] : 1.0f);
            up += flags & WITH_BIAS << 1 ? bias1[own] : 0.0f;
            out[own] = active(gate, activation) * up;
        }
    }
}

// out = scale * x W^T + bias + residual for so many rows of x, from the fewest to the most. Block (portion of the rows of the
// matrix, portion of COLUMNS rows of x).
KERNEL(THREADS)
products(float *__restrict__ out, const uchar *__restrict__ p0, const uchar *__restrict__ p1,
        const uchar *__restrict__ p2, const uchar *__restrict__ p3, const float *__restrict__ bias,
        const float *__restrict__ scale, const uchar *__restrict__ codes, const float *__restrict__ x,
        const float *residual, const int *__restrict__ counts, int rows, int fewest, int most, int n, int k, int chunks,
        int shift, int flags) {
    __shared__ Shared shared;
    const int all = rows_of(counts, rows);
    const int first = COLUMNS * blockIdx.y;
    const int columns = min(all - first, COLUMNS);
    if (all < fewest || all > most || columns <= 0) {
        return;
    }
    const int portion = 1 << shift;
    const int own = (blockIdx.x << shift) + (threadIdx.x & portion - 1);
    const Input input = {x + (size_t)first * k, nullptr, k, chunks, columns, 0.0f};
    const Planes planes = {p0, p1, p2, p3, codes};
    float sums[COLUMNS];
    multiply_columns(shared, planes, own / TILE, own % TILE, threadIdx.x >> shift, THREADS >> shift, input, sums);
    float result = whole((float *)shared.staged, sums, portion, columns);
    if (threadIdx.x >= columns << shift || own >= n) {
        return;
    }
    const size_t at = (size_t)(first + (threadIdx.x >> shift)) * n + own;
    result *= flags & WITH_SCALE ? scale[0] : 1.0f;
    result += flags & WITH_BIAS ? bias[own] : 0.0f;
    result += flags & WITH_RESIDUAL ? residual[at] : 0.0f;
    out[at] = result;
}

// For each row and each of its chosen experts, the product with that expert's matrix, plus its bias.
#define INPUT_PER_EXPERT 2

// Block (portion of the rows of a matrix, choice).
KERNEL(THREADS)
expert(float *__restrict__ out, const float *__restrict__ x, const uchar *__restrict__ p0,
        const uchar *__restrict__ p1, const uchar *__restrict__ p2, const uchar *__restrict__ p3,
        const uchar *__restrict__ codes, const int *__restrict__ experts, const float *__restrict__ bias,
        const int *__restrict__ counts, int rows, int count, int chosen, int n, int k, int chunks, int shift,
        int flags) {
    __shared__ Shared shared;
    const int choice = blockIdx.y;
    if (choice >= rows_of(counts, rows) * chosen) {
        return;
    }
    const int expert = experts[choice];
    const int portion = 1 << shift;
    const int own = (blockIdx.x << shift) + (threadIdx.x & portion - 1);
    float result = NOT_A_NUMBER;
    if (expert >= 0 && expert < count) { // indices may come from anywhere; each matrix begins with a tile of its own
        const Planes planes[1] = {{p0, p1, p2, p3, codes}};
        const size_t tile = (size_t)expert * ((n + TILE - 1) / TILE) + own / TILE;
        const int from = flags & INPUT_PER_EXPERT ? choice : choice / chosen;
        const Input input = {x + (size_t)from * k, nullptr, k, chunks, 1, 0.0f};
        float sums[1];
        bool there = false;
        multiply(shared, planes, tile, own % TILE, threadIdx.x >> shift, THREADS >> shift, input, 1.0f, there, sums);
        result = whole(shared.parts, sums, portion, 1);
        result += flags & WITH_BIAS && own < n ? bias[(size_t)expert * n + own] : 0.0f;
    }
    if (threadIdx.x < portion && own < n) {
        out[(size_t)choice * n + own] = result;
    }
}
