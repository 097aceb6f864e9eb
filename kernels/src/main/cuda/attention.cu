// Softmax attention of a new token over what its sequence keeps, for heads of any size. A block takes LOCAL kept tokens at a
// time: first each thread works out the score of one of them, then each mixes some columns of their values.
#include "kv.cuh"

#define LOCAL 64
#define HEAD 2048 // at least as large as the heads of keys and values

FUNCTION float dot_f32(const float *query, const float *key, int size) {
    float even = 0.0f;
    float odd = 0.0f;
    for (int i = 0; i < size; i += 2) {
        even = fmaf(query[i], key[i], even);
        odd = i + 1 < size ? fmaf(query[i + 1], key[i + 1], odd) : odd;
    }
    return even + odd;
}

FUNCTION float dot_f16(const float *query, const ushort *key, int size) {
    float even = 0.0f;
    float odd = 0.0f;
    for (int i = 0; i < size; i += 2) {
        even = fmaf(query[i], half_to_float(key[i]), even);
        odd = i + 1 < size ? fmaf(query[i + 1], half_to_float(key[i + 1]), odd) : odd;
    }
    return even + odd;
}

FUNCTION float dot_q8_0(const float *query, const uchar *key, int size) {
    float sum = 0.0f;
    for (int from = 0; from < size; from += Q8_0_LENGTH, key += Q8_0_BYTES) {
        float block = 0.0f;
        for (int i = 0; i < Q8_0_LENGTH; i++) {
            block = fmaf(query[from + i], (float)(signed char)key[2 + i], block);
        }
        sum = fmaf(half_to_float(*(const ushort *)key), block, sum);
    }
    return sum;
}

FUNCTION float dot_key(const float *query, const uchar *keys, int format, size_t head, int size) {
    switch (format) {
        case KV_F32:
            return dot_f32(query, (const float *)keys + head * size, size);
        case KV_F16:
            return dot_f16(query, (const ushort *)keys + head * size, size);
        default:
            return dot_q8_0(query, keys + head * (size / Q8_0_LENGTH) * Q8_0_BYTES, size);
    }
}

FUNCTION float value_at(const uchar *values, int format, size_t head, int size, int column) {
    switch (format) {
        case KV_F32:
            return ((const float *)values)[head * size + column];
        case KV_F16:
            return half_to_float(((const ushort *)values)[head * size + column]);
        default: {
            const uchar *block = values + (head * (size / Q8_0_LENGTH) + column / Q8_0_LENGTH) * Q8_0_BYTES;
            return half_to_float(*(const ushort *)block) * (float)(signed char)block[2 + column % Q8_0_LENGTH];
        }
    }
}

// Block (head, token).
KERNEL(LOCAL)
attention(float *__restrict__ out, const float *__restrict__ q, const uchar *__restrict__ keys,
        const uchar *__restrict__ values, const int *__restrict__ tables, const int *__restrict__ sequences,
        const int *__restrict__ kvIndices, const int *__restrict__ firsts, const int *__restrict__ trees,
        const int *__restrict__ visible, const int *__restrict__ counts, int heads, int kvHeads, int keySize,
        int valueSize, int keyFormat, int valueFormat, int window, int blockTokens, int tableLength, int visibleWords,
        float scale, float softCap) {
    __shared__ float query[HEAD];
    __shared__ float mix[HEAD]; // each element belongs to one thread
    __shared__ float scores[LOCAL];
    __shared__ float shares[LOCAL];
    __shared__ long places[LOCAL]; // -1 for what the token does not see

    const int lane = threadIdx.x;
    const int token = blockIdx.y;
    if (token >= counts[TOKENS]) {
        return;
    }
    const int head = blockIdx.x;
    const int kvHead = head * kvHeads / heads;
    const int sequence = sequences[token];
    const int *table = tables + (size_t)sequence * tableLength;
    const int index = kvIndices[token];
    const int old = kvIndices[firsts[sequence]]; // from there on, a mask says what is seen
    const bool tree = visibleWords > 0 && trees[sequence] != 0;
    const int *mask = visible + (size_t)token * visibleWords;
    const size_t row = (size_t)token * heads + head;

    for (int i = lane; i < keySize; i += LOCAL) {
        query[i] = q[row * keySize + i];
    }
    for (int i = lane; i < valueSize; i += LOCAL) {
        mix[i] = 0.0f;
    }
    const int from = window == 0 ? 0 : max(0, index - window + 1);
    float largest = -INFINITE;
    float sum = 0.0f;
    for (int first = from; first <= index; first += LOCAL) {
        __syncthreads(); // the query is there, and nobody reads the shares before any more
        const int kept = first + lane;
        bool seen = kept <= index;
        if (seen && tree && kept >= old) {
            seen = (mask[(kept - old) / 32] >> ((kept - old) % 32) & 1) != 0;
        }
        places[lane] = -1;
        scores[lane] = -INFINITE;
        if (seen) {
            const size_t place = place_of(table, kept, blockTokens);
            const float score = scale * dot_key(query, keys, keyFormat, place * kvHeads + kvHead, keySize);
            scores[lane] = softCap == 0.0f ? score : softCap * tanhf(score / softCap);
            places[lane] = (long)place;
        }
        __syncthreads();
        float most = largest;
        for (int i = 0; i < LOCAL; i++) {
            most = fmaxf(most, scores[i]); // takes no notice of NaN, which makes the sum NaN
        }
        // as long as all is negative infinity there is nothing to add
        shares[lane] = places[lane] < 0 || most == -INFINITE ? 0.0f : expf(scores[lane] - most);
        __syncthreads();
        const float shrink = largest == most ? 1.0f : expf(largest - most);
        largest = most;
        float added = 0.0f;
        for (int i = 0; i < LOCAL; i++) {
            added += shares[i];
        }
        sum = fmaf(sum, shrink, added);
        for (int column = lane; column < valueSize; column += LOCAL) {
            float mixed = mix[column] * shrink;
            for (int i = 0; i < LOCAL; i++) {
                if (places[i] >= 0) { // the same for all
                    const size_t head = (size_t)places[i] * kvHeads + kvHead;
                    mixed = fmaf(shares[i], value_at(values, valueFormat, head, valueSize, column), mixed);
                }
            }
            mix[column] = mixed;
        }
    }
    for (int i = lane; i < valueSize; i += LOCAL) {
        out[row * valueSize + i] = mix[i] / sum;
    }
}
