// Softmax attention of new tokens over what their sequences keep, for heads of HEAD elements, keys and values in the format KV.
// A block works on up to QUERIES query heads of a token that share their keys, and on a part of what the token sees. A key is
// read by LANES neighbouring lanes, 8 elements each, and so is a value; nothing but results goes through shared memory.
//
// Where there are few tokens, several blocks share the work on a head: how many, the counts of the step say. Each leaves its
// part, and whoever is the last adds them up.
#include "kv.cuh"

#define QUERIES 4
#define WARPS 4
#define LOCAL (WARPS * WARP)
#define EACH 8
#define LANES (HEAD <= 64 ? 8 : HEAD <= 128 ? 16 : 32)
#define AT_ONCE (WARP / LANES) // keys that a warp reads side by side
#define DEPTH 4                // and one after the other, before it works on them
#define GROUPS (WARPS * AT_ONCE)

// Keys or values of eight elements as they come from memory.
struct Eight {
#if KV == KV_F16
    uint4 bits;
#elif KV == KV_F32
    float4 low;
    float4 high;
#else
    ushort scale;
    ushort quants[4];
#endif
};

FUNCTION Eight load(const uchar *plane, size_t row, int part) {
#if KV == KV_F16
    return {*(const uint4 *)(plane + (row * HEAD + EACH * part) * 2)};
#elif KV == KV_F32
    const float4 *at = (const float4 *)(plane + (row * HEAD + EACH * part) * 4);
    return {at[0], at[1]};
#else
    const ushort *block = (const ushort *)(plane + (row * (HEAD / Q8_0_LENGTH) + part / 4) * Q8_0_BYTES);
    const ushort *quants = block + 1 + 4 * (part % 4);
    return {block[0], {quants[0], quants[1], quants[2], quants[3]}};
#endif
}

FUNCTION Eight none() {
    Eight eight = {};
    return eight;
}

FUNCTION void numbers(const Eight &eight, float *x) {
#if KV == KV_F16
    const uint words[4] = {eight.bits.x, eight.bits.y, eight.bits.z, eight.bits.w};
#pragma unroll
    for (int i = 0; i < 4; i++) {
        x[2 * i] = half_to_float((ushort)words[i]);
        x[2 * i + 1] = half_to_float((ushort)(words[i] >> 16));
    }
#elif KV == KV_F32
    const float all[EACH] = {eight.low.x, eight.low.y, eight.low.z, eight.low.w, eight.high.x, eight.high.y,
            eight.high.z, eight.high.w};
#pragma unroll
    for (int i = 0; i < EACH; i++) {
        x[i] = all[i];
    }
#else
    const float scale = half_to_float(eight.scale);
#pragma unroll
    for (int i = 0; i < 4; i++) {
        x[2 * i] = scale * (float)(signed char)(eight.quants[i] & 255);
        x[2 * i + 1] = scale * (float)(signed char)(eight.quants[i] >> 8);
    }
#endif
}

// Scores that differ by this much from the largest count. As long as all are negative infinity, nothing is added.
FUNCTION float base_of(float largest) {
    return largest == -INFINITE ? 0.0f : largest;
}

// Block (group of query heads and part of what is seen, token).
KERNEL(LOCAL)
attention_heads(float *__restrict__ out, uint *counters, float *parts, const float *__restrict__ q,
        const uchar *__restrict__ keys, const uchar *__restrict__ values, const int *__restrict__ tables,
        const int *__restrict__ sequences, const int *__restrict__ kvIndices, const int *__restrict__ firsts,
        const int *__restrict__ trees, const int *__restrict__ visible, const int *__restrict__ counts, int heads,
        int kvHeads, int window, int blockTokens, int tableLength, int visibleWords, float scale, float softCap,
        int splits, int parallel) {
    __shared__ float mixes[GROUPS][QUERIES][HEAD];
    __shared__ float mosts[GROUPS][QUERIES];
    __shared__ float sums[GROUPS][QUERIES];
    __shared__ bool last;
    const int tokens = counts[TOKENS];
    const int token = blockIdx.y;
    if (token >= tokens) {
        return;
    }
    const int perKv = heads / kvHeads;
    const int groups = (perKv + QUERIES - 1) / QUERIES;
    const int group = blockIdx.x / splits;
    const int split = blockIdx.x % splits;
    const int used = min(max(parallel / (tokens * kvHeads * groups), 1), splits);
    if (split >= used) {
        return;
    }
    const int kvHead = group / groups;
    const int firstHead = kvHead * perKv + group % groups * QUERIES;
    const int count = min(QUERIES, (kvHead + 1) * perKv - firstHead);
    const int sequence = sequences[token];
    const int *table = tables + (size_t)sequence * tableLength;
    const int index = kvIndices[token];
    const int old = kvIndices[firsts[sequence]]; // from there on, a mask says what is seen
    const bool tree = visibleWords > 0 && trees[sequence] != 0;
    const int *mask = visible + (size_t)token * visibleWords;
    const int lane = threadIdx.x % WARP;
    const int warp = threadIdx.x / WARP;
    const int part = lane % LANES;
    const bool real = EACH * part < HEAD;

    float query[QUERIES][EACH];
    float mix[QUERIES][EACH];
    float most[QUERIES];
    float sum[QUERIES];
#pragma unroll
    for (int j = 0; j < QUERIES; j++) {
        most[j] = -INFINITE;
        sum[j] = 0.0f;
#pragma unroll
        for (int i = 0; i < EACH; i++) {
            mix[j][i] = 0.0f;
            query[j][i] = 0.0f;
        }
        if (real && j < count) {
            const float4 *from = (const float4 *)(q + ((size_t)token * heads + firstHead + j) * HEAD + EACH * part);
            const float4 low = from[0];
            const float4 high = from[1];
            query[j][0] = low.x;
            query[j][1] = low.y;
            query[j][2] = low.z;
            query[j][3] = low.w;
            query[j][4] = high.x;
            query[j][5] = high.y;
            query[j][6] = high.z;
            query[j][7] = high.w;
        }
    }

    const int step = GROUPS * DEPTH;
    const int from = window == 0 ? 0 : max(0, index - window + 1);
    const int steps = (index - from) / step + 1;
    const int each = (steps + used - 1) / used;
    const int begin = from + split * each * step;
    const int end = min(index + 1, begin + each * step);
    const bool shifts = (blockTokens & blockTokens - 1) == 0;
    const int shift = 31 - __clz(blockTokens);
    for (int start = begin + warp * AT_ONCE * DEPTH + lane / LANES; start - lane / LANES < end; start += step) {
        Eight key[DEPTH];
        Eight value[DEPTH];
        bool seen[DEPTH];
#pragma unroll
        for (int u = 0; u < DEPTH; u++) {
            const int kept = start + u * AT_ONCE;
            seen[u] = kept < end;
            if (seen[u] && tree && kept >= old) {
                seen[u] = (mask[(kept - old) / 32] >> ((kept - old) % 32) & 1) != 0;
            }
            key[u] = none();
            value[u] = none();
            if (seen[u] && real) {
                const size_t place = shifts ? ((size_t)table[kept >> shift] << shift) + (kept & blockTokens - 1)
                                            : place_of(table, kept, blockTokens);
                key[u] = load(keys, place * kvHeads + kvHead, part);
                value[u] = load(values, place * kvHeads + kvHead, part);
            }
        }
        float scores[DEPTH][QUERIES];
#pragma unroll
        for (int u = 0; u < DEPTH; u++) {
            float x[EACH];
            numbers(key[u], x);
#pragma unroll
            for (int j = 0; j < QUERIES; j++) {
                float even = query[j][0] * x[0];
                float odd = query[j][1] * x[1];
#pragma unroll
                for (int i = 2; i < EACH; i += 2) {
                    even = fmaf(query[j][i], x[i], even);
                    odd = fmaf(query[j][i + 1], x[i + 1], odd);
                }
                float score = even + odd;
#pragma unroll
                for (int apart = LANES / 2; apart > 0; apart /= 2) {
                    score += __shfl_xor_sync(ALL_LANES, score, apart);
                }
                score *= scale;
#ifdef CAPPED // by itself: it makes the text three times as long
                score = softCap * tanhf(score / softCap);
#endif
                scores[u][j] = seen[u] ? score : -INFINITE;
            }
        }
#pragma unroll
        for (int j = 0; j < QUERIES; j++) {
            float larger = most[j];
#pragma unroll
            for (int u = 0; u < DEPTH; u++) {
                larger = fmaxf(larger, scores[u][j]); // takes no notice of NaN, which makes the sum NaN
            }
            const float base = base_of(larger);
            const float shrink = expf(most[j] - base);
            most[j] = larger;
            sum[j] *= shrink;
#pragma unroll
            for (int i = 0; i < EACH; i++) {
                mix[j][i] *= shrink;
            }
#pragma unroll
            for (int u = 0; u < DEPTH; u++) {
                scores[u][j] = expf(scores[u][j] - base);
                sum[j] += scores[u][j];
            }
        }
#pragma unroll
        for (int u = 0; u < DEPTH; u++) {
            float x[EACH];
            numbers(value[u], x);
#pragma unroll
            for (int j = 0; j < QUERIES; j++) {
#pragma unroll
                for (int i = 0; i < EACH; i++) {
                    mix[j][i] = fmaf(scores[u][j], x[i], mix[j][i]);
                }
            }
        }
    }

    const int own = threadIdx.x / LANES; // among all groups of lanes of the block
#pragma unroll
    for (int j = 0; j < QUERIES; j++) {
        if (part == 0) {
            mosts[own][j] = most[j];
            sums[own][j] = sum[j];
        }
        if (real) {
#pragma unroll
            for (int i = 0; i < EACH; i++) {
                mixes[own][j][EACH * part + i] = mix[j][i];
            }
        }
    }
    __syncthreads();
    const size_t row = (size_t)token * heads + firstHead;
    const size_t firstPart = ((size_t)token * kvHeads * groups + group) * used;
    float *left = parts + (firstPart + split) * QUERIES * (HEAD + 2);
    for (int at = threadIdx.x; at < count * HEAD; at += LOCAL) {
        const int j = at / HEAD;
        float largest = -INFINITE;
#pragma unroll
        for (int i = 0; i < GROUPS; i++) {
            largest = fmaxf(largest, mosts[i][j]);
        }
        const float base = base_of(largest);
        float mixed = 0.0f;
        float all = 0.0f;
#pragma unroll
        for (int i = 0; i < GROUPS; i++) {
            const float share = expf(mosts[i][j] - base);
            mixed = fmaf(share, mixes[i][j][at % HEAD], mixed);
            all = fmaf(share, sums[i][j], all);
        }
        if (used == 1) {
            out[row * HEAD + at] = mixed / all;
        } else {
            left[j * (HEAD + 2) + 2 + at % HEAD] = mixed;
            if (at % HEAD == 0) {
                left[j * (HEAD + 2)] = largest;
                left[j * (HEAD + 2) + 1] = all;
            }
        }
    }
    if (used == 1) {
        return;
    }
    __threadfence(); // what is left is there before it is counted
    __syncthreads();
    if (threadIdx.x == 0) { // counts up to the last one, then from zero again
        last = atomicInc(counters + (size_t)token * kvHeads * groups + group, used - 1) == used - 1;
    }
    __syncthreads();
    if (!last) {
        return;
    }
    __threadfence();
    const float *all = parts + firstPart * QUERIES * (HEAD + 2);
    for (int at = threadIdx.x; at < count * HEAD; at += LOCAL) {
        const float *own = all + at / HEAD * (HEAD + 2);
        const int apart = QUERIES * (HEAD + 2);
        float largest = -INFINITE;
        for (int i = 0; i < used; i++) {
            largest = fmaxf(largest, __ldcg(own + i * apart));
        }
        const float base = base_of(largest);
        float mixed = 0.0f;
        float whole = 0.0f;
        for (int i = 0; i < used; i++) {
            const float share = expf(__ldcg(own + i * apart) - base);
            whole = fmaf(share, __ldcg(own + i * apart + 1), whole);
            mixed = fmaf(share, __ldcg(own + i * apart + 2 + at % HEAD), mixed);
        }
        out[row * HEAD + at] = mixed / whole;
    }
}
