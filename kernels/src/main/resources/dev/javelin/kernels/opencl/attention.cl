// Softmax attention of a new token over what its sequence keeps. LOCAL work-items take LOCAL kept tokens at a time: first
// each works out the score of one of them, then each mixes some columns of their values. HEAD is at least as large as the
// heads of keys and values.
//
// The runs of kept tokens begin at multiples of LOCAL, so a row comes out the same whatever is beside it in the step. For
// GPUs see packed.cl.

static float sum4(float4 sum) {
    return (sum.x + sum.y) + (sum.z + sum.w);
}

static float dot_f32(const local float *query, const global float *key, int size) {
    float4 sum = (float4)0.0f;
    int i = 0;
    for (; i + 4 <= size; i += 4) {
        sum = FMA(vload4(0, query + i), vload4(0, key + i), sum);
    }
    for (; i < size; i++) {
        sum.x = FMA(query[i], key[i], sum.x);
    }
    return sum4(sum);
}

static float dot_f16(const local float *query, const global half *key, int size) {
    float4 sum = (float4)0.0f;
    int i = 0;
    for (; i + 4 <= size; i += 4) {
        sum = FMA(vload4(0, query + i), vload_half4(0, key + i), sum);
    }
    for (; i < size; i++) {
        sum.x = FMA(query[i], vload_half(i, key), sum.x);
    }
    return sum4(sum);
}

static float dot_q8_0(const local float *query, const global uchar *key, int size) {
    float sum = 0.0f;
    for (int from = 0; from < size; from += Q8_0_LENGTH, key += Q8_0_BYTES) {
        float4 block = (float4)0.0f;
        for (int i = 0; i < Q8_0_LENGTH; i += 4) {
            const float4 quants = convert_float4(vload4(0, (const global char *)key + 2 + i));
            block = FMA(vload4(0, query + from + i), quants, block);
        }
        sum = FMA(vload_half(0, (const global half *)key), sum4(block), sum);
    }
    return sum;
}

static float dot_key(const local float *query, const global uchar *keys, int format, size_t head, int size) {
    switch (format) {
        case KV_F32:
            return dot_f32(query, (const global float *)keys + head * size, size);
        case KV_F16:
            return dot_f16(query, (const global half *)keys + head * size, size);
        default:
            return dot_q8_0(query, keys + head * (size / Q8_0_LENGTH) * Q8_0_BYTES, size);
    }
}

static float value_at(const global uchar *values, int format, size_t head, int size, int column) {
    switch (format) {
        case KV_F32:
            return ((const global float *)values)[head * size + column];
        case KV_F16:
            return vload_half(head * size + column, (const global half *)values);
        default: {
            const global uchar *block =
                    values + (head * (size / Q8_0_LENGTH) + column / Q8_0_LENGTH) * Q8_0_BYTES;
            return vload_half(0, (const global half *)block) * (float)as_char(block[2 + column % Q8_0_LENGTH]);
        }
    }
}

// Group (head, token).
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void attention(global float *restrict out,
        const global float *restrict q, const global uchar *restrict keys,
        const global uchar *restrict values, const global int *restrict tables, const global int *restrict sequences,
        const global int *restrict kvIndices, const global int *restrict firsts, const global int *restrict trees,
        const global int *restrict visible, const global int *restrict counts, int heads, int kvHeads, int keySize,
        int valueSize, int keyFormat, int valueFormat, int window, int blockTokens, int tableLength,
        int visibleWords, float scale, float softCap) {
    local float query[HEAD];
    local float mix[HEAD]; // each element belongs to one work-item
    local float scores[LOCAL];
    local float shares[LOCAL];
    local long places[LOCAL]; // -1 for what the token does not see

    const int lane = get_local_id(0);
    const bool real = (int)get_group_id(1) < counts[TOKENS];
    const int token = real ? get_group_id(1) : 0;
    const int head = get_group_id(0);
    const int kvHead = head * kvHeads / heads;
    const int sequence = sequences[token];
    const global int *table = tables + (size_t)sequence * tableLength;
    const int index = kvIndices[token];
    const int old = kvIndices[firsts[sequence]]; // from there on, a mask says what is seen
    const bool tree = visibleWords > 0 && trees[sequence] != 0;
    const global int *mask = visible + (size_t)token * visibleWords;

    for (int i = lane; i < keySize; i += LOCAL) {
        query[i] = q[((size_t)token * heads + head) * keySize + i];
    }
    for (int i = lane; i < valueSize; i += LOCAL) {
        mix[i] = 0.0f;
    }
    const int from = window == 0 ? 0 : max(0, index - window + 1);
    float largest = -INFINITY;
    float sum = 0.0f;
    for (int run = from / LOCAL; run <= index / LOCAL; run++) {
        barrier(CLK_LOCAL_MEM_FENCE); // the query is there, and nobody reads the shares of the run before
        const int kept = run * LOCAL + lane;
        bool seen = kept >= from && kept <= index;
        if (seen && tree && kept >= old) {
            seen = (mask[(kept - old) / 32] >> ((kept - old) % 32) & 1) != 0;
        }
        places[lane] = -1;
        scores[lane] = -INFINITY;
        if (seen) {
            const size_t place = place_of(table, kept, blockTokens);
            const float score = scale * dot_key(query, keys, keyFormat, place * kvHeads + kvHead, keySize);
            scores[lane] = softCap == 0.0f ? score : softCap * tanh(score / softCap);
            places[lane] = place;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        float most = largest;
        for (int i = 0; i < LOCAL; i++) {
            most = fmax(most, scores[i]); // takes no notice of NaN, which makes the sum NaN
        }
        // as long as all is negative infinity there is nothing to add
        shares[lane] = places[lane] < 0 || most == -INFINITY ? 0.0f : exp(scores[lane] - most);
        barrier(CLK_LOCAL_MEM_FENCE);
        const float shrink = largest == most ? 1.0f : exp(largest - most);
        largest = most;
        float added = 0.0f;
        for (int i = 0; i < LOCAL; i++) {
            added += shares[i];
        }
        sum = FMA(sum, shrink, added);
        for (int column = lane; column < valueSize; column += LOCAL) {
            float mixed = mix[column] * shrink;
            for (int i = 0; i < LOCAL; i++) {
                if (places[i] >= 0) { // the same for all
                    const size_t row = (size_t)places[i] * kvHeads + kvHead;
                    mixed = FMA(shares[i], value_at(values, valueFormat, row, valueSize, column), mixed);
                }
            }
            mix[column] = mixed;
        }
    }
    if (!real) {
        return;
    }
    const size_t row = (size_t)token * heads + head;
    for (int i = lane; i < valueSize; i += LOCAL) {
        out[row * valueSize + i] = mix[i] / sum;
    }
}
