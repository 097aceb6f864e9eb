// What queries, keys and values go through between their products and attention: norms of heads, rotation, and keeping.
#include "angle.cuh"
#include "q8_0_block.cuh"

#define LOCAL 128
#define HEAD 2048 // at least as large as a head

#define QUERY_NORM 1
#define KEY_NORM 2

// Keeps a head in the format.
FUNCTION void keep(uchar *kept, const float *head, size_t place, int size, int format) {
    for (int i = threadIdx.x; i < (format == KV_Q8_0 ? size / Q8_0_LENGTH : size); i += LOCAL) {
        if (format == KV_F16) {
            ((ushort *)kept)[place * size + i] = float_to_half(head[i]);
        } else if (format == KV_F32) {
            ((float *)kept)[place * size + i] = head[i];
        } else {
            keep_q8_0(kept + (place * (size / Q8_0_LENGTH) + i) * Q8_0_BYTES, head + i * Q8_0_LENGTH);
        }
    }
}

// Block (head, token): first come the heads of the queries, then those of the keys, then those of the values.
KERNEL(LOCAL)
heads(float *__restrict__ out, uchar *__restrict__ keys, uchar *__restrict__ values, const float *__restrict__ q,
        const float *__restrict__ k, const float *__restrict__ v, const float *__restrict__ queryWeight,
        const float *__restrict__ keyWeight, const int *__restrict__ tables, const int *__restrict__ sequences,
        const int *__restrict__ kvIndices, const ulong *__restrict__ frequencies, const float *__restrict__ factors,
        const int *__restrict__ positions, const int *__restrict__ counts, int queryHeads, int kvHeads, int keySize,
        int valueSize, int keyFormat, int valueFormat, int blockTokens, int tableLength, float queryEps, float keyEps,
        int norms, int dims, int shift, float magnitude, int turning) {
    __shared__ float head[HEAD];
    __shared__ float room[LOCAL / WARP];
    const int token = blockIdx.y;
    if (token >= counts[TOKENS]) {
        return;
    }
    const int *table = tables + (size_t)sequences[token] * tableLength;
    const size_t place = place_of(table, kvIndices[token], blockTokens) * kvHeads;
    const int valueHead = (int)blockIdx.x - queryHeads - kvHeads;
    if (valueHead >= 0) {
        const float *from = v + ((size_t)token * kvHeads + valueHead) * valueSize;
        for (int i = threadIdx.x; i < valueSize; i += LOCAL) {
            head[i] = from[i];
        }
        __syncthreads();
        keep(values, head, place + valueHead, valueSize, valueFormat);
        return;
    }
    const bool query = blockIdx.x < queryHeads;
    const int own = query ? blockIdx.x : blockIdx.x - queryHeads;
    const float *from = query ? q + ((size_t)token * queryHeads + own) * keySize
                              : k + ((size_t)token * kvHeads + own) * keySize;
    float factor = 1.0f;
    const bool norm = norms & (query ? QUERY_NORM : KEY_NORM);
    if (norm) {
        float sum = 0.0f;
        for (int i = threadIdx.x; i < keySize; i += LOCAL) {
            sum = fmaf(from[i], from[i], sum);
        }
        factor = 1.0f / sqrtf(block_sum<LOCAL>(sum, room) / (float)keySize + (query ? queryEps : keyEps));
    }
    const float *weight = query ? queryWeight : keyWeight;
    const int pairs = dims / 2;
    for (int item = threadIdx.x; item < keySize - pairs; item += LOCAL) {
        if (item >= pairs) {
            const int i = item + pairs;
            head[i] = norm ? from[i] * factor * weight[i] : from[i];
            continue;
        }
        const int first = turning & NEIGHBOURS ? 2 * item : item;
        const int second = first + (turning & NEIGHBOURS ? 1 : pairs);
        const float a = norm ? from[first] * factor * weight[first] : from[first];
        const float b = norm ? from[second] * factor * weight[second] : from[second];
        const float halves = half_turns(frequencies, factors, item, positions[token], shift, turning);
        const float cosine = cospif(halves) * magnitude;
        const float sine = sinpif(halves) * magnitude;
        head[first] = fmaf(a, cosine, -(b * sine));
        head[second] = fmaf(a, sine, b * cosine);
    }
    __syncthreads();
    if (!query) {
        keep(keys, head, place + own, keySize, keyFormat);
        return;
    }
    float *to = out + ((size_t)token * queryHeads + own) * keySize;
    for (int i = threadIdx.x; i < keySize; i += LOCAL) {
        to[i] = head[i];
    }
}
