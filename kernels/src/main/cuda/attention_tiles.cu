// Softmax attention of many new tokens on matrix units, in BF16 with sums in F32, for heads of HEAD elements, keys and values in
// the format KV. A block works on one query head of 64 tokens, 16 for each warp, and 64 kept tokens at a time. Scores and shares
// stay in registers: what a lane has of the scores is what it needs of the shares.
//
// The 64 tokens may belong to several sequences; one after the other, each with its tokens. Sequences with few tokens are left
// to another kernel.
//
// A row in shared memory is UNITS units of 16 bytes. Unit u of row r lies at place u ^ (r % 8), against bank conflicts.
#include "eight.cuh"
#include "matrices.cuh"

#define LOCAL 128
#define MANY 64
#define KEPT 64
#define UNITS (HEAD <= 64 ? 8 : 16)
#define PARTS (HEAD / EACH)

FUNCTION uint4 *unit(uint4 *rows, int row, int part) {
    return rows + row * UNITS + (part ^ row % 8);
}

FUNCTION uint4 rounded(const float *x) {
    return make_uint4(pair(x[0], x[1]), pair(x[2], x[3]), pair(x[4], x[5]), pair(x[6], x[7]));
}

// Block (query head, MANY tokens).
extern "C" __global__ void __launch_bounds__(LOCAL, 2)
attention_tiles(float *__restrict__ out, const float *__restrict__ q, const uchar *__restrict__ keys,
        const uchar *__restrict__ values, const int *__restrict__ tables, const int *__restrict__ sequences,
        const int *__restrict__ kvIndices, const int *__restrict__ lengths, const int *__restrict__ counts, int heads,
        int kvHeads, int window, int blockTokens, int tableLength, float scale, int fewest, int fewestOfOne) {
    __shared__ uint4 shared[2 * KEPT * UNITS];
    uint4 *keyRows = shared;
    uint4 *valueRows = shared + KEPT * UNITS;
    const int all = counts[TOKENS];
    const int first = MANY * blockIdx.y;
    if (all < fewest || first >= all) {
        return;
    }
    const int head = blockIdx.x;
    const int kvHead = head / (heads / kvHeads);
    const int lane = threadIdx.x % WARP;
    const int warp = threadIdx.x / WARP;
    const int end = min(first + MANY, all);

    // the queries, by way of shared memory
    for (int at = threadIdx.x; at < MANY * PARTS; at += LOCAL) {
        const int token = at / PARTS;
        float x[EACH] = {};
        if (first + token < end) {
            const float4 *from = (const float4 *)(q + ((size_t)(first + token) * heads + head) * HEAD) + at % PARTS * 2;
            const float4 low = from[0];
            const float4 high = from[1];
            x[0] = low.x;
            x[1] = low.y;
            x[2] = low.z;
            x[3] = low.w;
            x[4] = high.x;
            x[5] = high.y;
            x[6] = high.z;
            x[7] = high.w;
        }
        *unit(keyRows, token, at % PARTS) = rounded(x);
    }
    __syncthreads();
    uint query[HEAD / 16][4];
#pragma unroll
    for (int k = 0; k < HEAD / 16; k++) {
        load_matrices(query[k], unit(keyRows, 16 * warp + lane % 16, 2 * k + lane / 16));
    }

    // of the results, this lane has two tokens: rows lane / 4 and lane / 4 + 8 of its warp
    const int own[2] = {first + 16 * warp + lane / 4, first + 16 * warp + lane / 4 + 8};
    float mix[HEAD / 8][4];
    float most[2] = {-INFINITE, -INFINITE};
    float sum[2] = {0.0f, 0.0f};
#pragma unroll
    for (int i = 0; i < HEAD / 8; i++) {
#pragma unroll
        for (int k = 0; k < 4; k++) {
            mix[i][k] = 0.0f;
        }
    }

    for (int begin = first; begin < end;) {
        const int sequence = sequences[begin];
        int next = begin + 1;
        while (next < end && sequences[next] == sequence) {
            next++;
        }
        if (lengths[sequence] < fewestOfOne) {
            begin = next;
            continue;
        }
        const int *table = tables + (size_t)sequence * tableLength;
        const int last = kvIndices[next - 1];
        const int from = window == 0 ? 0 : max(0, kvIndices[begin] - window + 1);
        int index[2];
#pragma unroll
        for (int i = 0; i < 2; i++) {
            index[i] = own[i] >= begin && own[i] < next ? kvIndices[own[i]] : -1; // of others nothing is seen
        }
        for (int start = from; start <= last; start += KEPT) {
            __syncthreads(); // nobody reads the rows before any more
#pragma unroll 1
            for (int at = threadIdx.x; at < KEPT * PARTS; at += LOCAL) {
                const int row = at / PARTS;
                const int part = at % PARTS;
                Eight key = none();
                Eight value = none();
                if (start + row <= last) {
                    const size_t place = place_of(table, start + row, blockTokens) * kvHeads + kvHead;
                    key = load(keys, place, part);
                    value = load(values, place, part);
                }
                float x[EACH];
                numbers(key, x);
                *unit(keyRows, row, part) = rounded(x);
                numbers(value, x);
                *unit(valueRows, row, part) = rounded(x);
            }
            __syncthreads();
            float scores[KEPT / 8][4];
#pragma unroll
            for (int j = 0; j < KEPT / 16; j++) {
#pragma unroll
                for (int k = 0; k < 4; k++) {
                    scores[2 * j][k] = 0.0f;
                    scores[2 * j + 1][k] = 0.0f;
                }
#pragma unroll
                for (int k = 0; k < HEAD / 16; k++) {
                    uint b[4];
                    load_matrices(b, unit(keyRows, 16 * j + lane / 16 * 8 + lane % 8, 2 * k + lane / 8 % 2));
                    multiply(scores[2 * j], query[k], b[0], b[1]);
                    multiply(scores[2 * j + 1], query[k], b[2], b[3]);
                }
            }
            float larger[2] = {most[0], most[1]};
#pragma unroll
            for (int j = 0; j < KEPT / 8; j++) {
#pragma unroll
                for (int k = 0; k < 4; k++) {
                    const int kept = start + 8 * j + lane % 4 * 2 + k % 2;
                    const bool seen = kept <= index[k / 2] && (window == 0 || kept > index[k / 2] - window);
                    scores[j][k] = seen ? scale * scores[j][k] : -INFINITE;
                    larger[k / 2] = fmaxf(larger[k / 2], scores[j][k]);
                }
            }
            float base[2];
#pragma unroll
            for (int i = 0; i < 2; i++) {
                larger[i] = fmaxf(larger[i], __shfl_xor_sync(ALL_LANES, larger[i], 1));
                larger[i] = fmaxf(larger[i], __shfl_xor_sync(ALL_LANES, larger[i], 2));
                base[i] = base_of(larger[i]);
                const float shrink = expf(most[i] - base[i]);
                most[i] = larger[i];
                sum[i] *= shrink;
#pragma unroll
                for (int j = 0; j < HEAD / 8; j++) {
                    mix[j][2 * i] *= shrink;
                    mix[j][2 * i + 1] *= shrink;
                }
            }
#pragma unroll
            for (int j = 0; j < KEPT / 8; j++) {
#pragma unroll
                for (int k = 0; k < 4; k++) {
                    scores[j][k] = expf(scores[j][k] - base[k / 2]);
                    sum[k / 2] += scores[j][k];
                }
            }
#pragma unroll
            for (int k = 0; k < KEPT / 16; k++) {
                const uint shares[4] = {pair(scores[2 * k][0], scores[2 * k][1]), pair(scores[2 * k][2], scores[2 * k][3]),
                    pair(scores[2 * k + 1][0], scores[2 * k + 1][1]), pair(scores[2 * k + 1][2], scores[2 * k + 1][3])};
#pragma unroll
                for (int j = 0; j < HEAD / 16; j++) {
                    uint b[4];
                    load_turned(b, unit(valueRows, 16 * k + lane % 16, 2 * j + lane / 16));
                    multiply(mix[2 * j], shares, b[0], b[1]);
                    multiply(mix[2 * j + 1], shares, b[2], b[3]);
                }
            }
        }
        begin = next;
    }

#pragma unroll
    for (int i = 0; i < 2; i++) {
        sum[i] += __shfl_xor_sync(ALL_LANES, sum[i], 1);
        sum[i] += __shfl_xor_sync(ALL_LANES, sum[i], 2);
        if (own[i] < end && lengths[sequences[own[i]]] >= fewestOfOne) {
            float *to = out + ((size_t)own[i] * heads + head) * HEAD + lane % 4 * 2;
#pragma unroll
            for (int j = 0; j < HEAD / 8; j++) {
                *(float2 *)(to + 8 * j) = make_float2(mix[j][2 * i] / sum[i], mix[j][2 * i + 1] / sum[i]);
            }
        }
    }
}
