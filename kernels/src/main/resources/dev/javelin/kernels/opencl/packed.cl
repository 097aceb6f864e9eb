// Softmax attention on GPUs. A group of LOCAL work-items takes up to QUERIES queries that share keys and values: the heads of
// one key head, of several tokens where a step has many. Each key and value is read once for all of them. LOCAL kept tokens
// come at a time: each work-item works out the scores of one of them, then mixes every LOCAL-th column of their values.
//
// Where a step has few tokens, several groups share the kept tokens; each leaves its part and `merge` adds them up. How many
// is seen from the counts of the step: the host launches as many groups as `spread` tiles of queries need.
//
// HEAD is a multiple of LOCAL and at least as large as the heads of keys and values, QUERIES times HEAD at most ROOM, and
// PARTS is LOCAL / QUERIES. Runs of kept tokens begin at multiples of LOCAL, and what a query does not see changes nothing of
// it, so unless kept tokens are shared a query comes out the same whatever is beside it.

#define ROOM 2048
#define COLUMNS (HEAD / LOCAL)
#define UNSEEN -1.0f

// Tokens of a tile: one where each is of another sequence.
static int tile_tokens(const global int *counts, int together) {
    return counts[TOKENS] >= 2 * counts[SEQUENCES] ? together : 1;
}

// Groups that share the kept tokens of a tile.
static int splits_of(const global int *counts, int together, int spread) {
    const int each = tile_tokens(counts, together);
    return max(1, spread / max(1, (counts[TOKENS] + each - 1) / each));
}

// Four neighbouring elements of a key, or what is left of it.
static float4 key4(const global uchar *keys, int format, size_t head, int size, int i) {
    if (format == KV_Q8_0) {
        const global uchar *block = keys + (head * (size / Q8_0_LENGTH) + i / Q8_0_LENGTH) * Q8_0_BYTES;
        const float4 quants = convert_float4(vload4(0, (const global char *)block + 2 + i % Q8_0_LENGTH));
        return (float4)vload_half(0, (const global half *)block) * quants;
    }
    const size_t at = head * size + i;
    const int left = size - i;
    if (format == KV_F32) {
        const global float *from = (const global float *)keys + at;
        return left >= 4 ? vload4(0, from)
                         : (float4)(from[0], left > 1 ? from[1] : 0.0f, left > 2 ? from[2] : 0.0f, 0.0f);
    }
    const global half *from = (const global half *)keys + at;
    return left >= 4 ? vload_half4(0, from)
                     : (float4)(vload_half(0, from), left > 1 ? vload_half(1, from) : 0.0f,
                               left > 2 ? vload_half(2, from) : 0.0f, 0.0f);
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

// The products of a key with all queries. Written into the kernel once for each format, which is constant there.
GROUP_FUNCTION void dot_keys(private float *dots, const local float *queries, const global uchar *keys, int format,
        size_t head, int size, int count) {
    float4 sums[QUERIES];
    for (int query = 0; query < QUERIES; query++) {
        sums[query] = (float4)0.0f;
    }
    for (int i = 0; i < size; i += 4) {
        const float4 key = key4(keys, format, head, size, i);
        for (int query = 0; query < QUERIES; query++) {
            if (query < count) { // the same for all
                sums[query] = FMA(vload4(0, queries + query * HEAD + i), key, sums[query]);
            }
        }
    }
    for (int query = 0; query < QUERIES; query++) {
        dots[query] = (sums[query].x + sums[query].y) + (sums[query].z + sums[query].w);
    }
}

// Adds the values of a run, weighted by the shares of each query.
GROUP_FUNCTION void mix_values(private float *mix, const local float *shares, const local long *places,
        const global uchar *values, int format, int kvHeads, int kvHead, int size, int count) {
    for (int i = 0; i < LOCAL; i++) {
        if (places[i] >= 0) { // the same for all
            const size_t row = (size_t)places[i] * kvHeads + kvHead;
            for (int part = 0; part < COLUMNS; part++) {
                const int column = part * LOCAL + (int)get_local_id(0);
                const float value = column < size ? value_at(values, format, row, size, column) : 0.0f;
                for (int query = 0; query < QUERIES; query++) {
                    const float share = shares[query * LOCAL + i];
                    if (query < count && share != UNSEEN) { // the same for all
                        mix[query * COLUMNS + part] = FMA(share, value, mix[query * COLUMNS + part]);
                    }
                }
            }
        }
    }
}

// Group (part of the kept tokens, some heads of a key head, tile of tokens), the first the fastest. What a part leaves for each
// query: its largest score, the sum of its shares, and the mix.
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void packed(global float *restrict out,
        global float *restrict parts, const global float *restrict q, const global uchar *restrict keys,
        const global uchar *restrict values, const global int *restrict tables, const global int *restrict sequences,
        const global int *restrict kvIndices, const global int *restrict firsts, const global int *restrict trees,
        const global int *restrict visible, const global int *restrict counts, int heads, int kvHeads, int keySize,
        int valueSize, int keyFormat, int valueFormat, int window, int blockTokens, int tableLength,
        int visibleWords, float scale, float softCap, int together, int spread) {
    local float queries[ROOM];
    local float scores[QUERIES * LOCAL]; // of query and kept token, then the shares
    local float partial[LOCAL];
    local float largest[QUERIES];
    local float shrinks[QUERIES];
    local long places[LOCAL]; // -1 for what no query sees
    float mix[QUERIES * COLUMNS];
    float sums[QUERIES];
    float dots[QUERIES];

    const int lane = get_local_id(0);
    const int ownQuery = lane / PARTS; // where a query is looked at by PARTS work-items
    const int tokens = counts[TOKENS];
    const int each = tile_tokens(counts, together);
    const int splits = splits_of(counts, together, spread);
    const int shared = heads / kvHeads;
    const int headTiles = (shared + QUERIES - 1) / QUERIES;
    const int split = get_group_id(0) % splits;
    const int unit = get_group_id(0) / splits;
    const int kvHead = unit / headTiles % kvHeads;
    const int firstHead = kvHead * shared + unit % headTiles * QUERIES;
    const int packedHeads = min(QUERIES, (kvHead + 1) * shared - firstHead);
    const int tile = unit / headTiles / kvHeads;
    const int endToken = min(tokens, (tile + 1) * each);

    int end = 0;
    for (int begin = tile * each; begin < endToken; begin = end) { // tokens of one sequence
        const int sequence = sequences[begin];
        end = begin + 1;
        while (end < endToken && sequences[end] == sequence) {
            end++;
        }
        const int count = (end - begin) * packedHeads;
        const global int *table = tables + (size_t)sequence * tableLength;
        const int old = kvIndices[firsts[sequence]]; // from there on, a mask says what is seen
        const bool tree = visibleWords > 0 && trees[sequence] != 0;
        const int newest = kvIndices[end - 1]; // the tokens of a sequence ascend
        const int oldest = window == 0 ? 0 : max(0, kvIndices[begin] - window + 1);
        const int runs = newest / LOCAL - oldest / LOCAL + 1;
        const int share = (runs + splits - 1) / splits;
        const int firstRun = oldest / LOCAL + min(runs, split * share);
        const int endRun = oldest / LOCAL + min(runs, (split + 1) * share);

        for (int i = lane; i < count * HEAD; i += LOCAL) {
            const int query = i / HEAD;
            const int token = begin + query / packedHeads;
            const int head = firstHead + query % packedHeads;
            queries[i] = i % HEAD < keySize ? q[((size_t)token * heads + head) * keySize + i % HEAD] : 0.0f;
        }
        if (lane < QUERIES) {
            largest[lane] = -INFINITY;
        }
        for (int i = 0; i < QUERIES * COLUMNS; i++) {
            mix[i] = 0.0f;
        }
        for (int query = 0; query < QUERIES; query++) {
            sums[query] = 0.0f;
        }
        for (int run = firstRun; run < endRun; run++) {
            barrier(CLK_LOCAL_MEM_FENCE); // the queries are there, and nobody reads the shares of the run before
            const int kept = run * LOCAL + lane;
            uint seen = 0;
            for (int query = 0; query < count; query++) {
                const int token = begin + query / packedHeads;
                const int index = kvIndices[token];
                bool sees = kept <= index && (window == 0 || kept > index - window);
                if (sees && tree && kept >= old) {
                    const int bit = kept - old;
                    sees = (visible[(size_t)token * visibleWords + bit / 32] >> (bit % 32) & 1) != 0;
                }
                seen |= (uint)sees << query;
            }
            places[lane] = -1;
            if (seen != 0) {
                const size_t place = place_of(table, kept, blockTokens);
                const size_t row = place * kvHeads + kvHead;
                places[lane] = place;
                switch (keyFormat) {
                    case KV_F32:
                        dot_keys(dots, queries, keys, KV_F32, row, keySize, count);
                        break;
                    case KV_F16:
                        dot_keys(dots, queries, keys, KV_F16, row, keySize, count);
                        break;
                    default:
                        dot_keys(dots, queries, keys, KV_Q8_0, row, keySize, count);
                        break;
                }
            }
            for (int query = 0; query < QUERIES; query++) {
                float score = -INFINITY;
                if (seen >> query & 1) {
                    score = scale * dots[query];
                    score = softCap == 0.0f ? score : softCap * tanh(score / softCap);
                }
                scores[query * LOCAL + lane] = score;
            }
            barrier(CLK_LOCAL_MEM_FENCE);
            float most = -INFINITY;
            for (int i = 0; i < QUERIES; i++) { // takes no notice of NaN, which makes the sum NaN
                most = fmax(most, scores[ownQuery * LOCAL + lane % PARTS + i * PARTS]);
            }
            partial[lane] = most;
            barrier(CLK_LOCAL_MEM_FENCE);
            if (lane < QUERIES) {
                float now = largest[lane];
                for (int part = 0; part < PARTS; part++) {
                    now = fmax(now, partial[lane * PARTS + part]);
                }
                shrinks[lane] = largest[lane] == now ? 1.0f : exp(largest[lane] - now);
                largest[lane] = now;
            }
            barrier(CLK_LOCAL_MEM_FENCE);
            for (int query = 0; query < QUERIES; query++) {
                const int at = query * LOCAL + lane;
                const bool sees = (seen >> query & 1) != 0;
                // as long as all is negative infinity there is nothing to add
                const float part = sees && largest[query] != -INFINITY ? exp(scores[at] - largest[query]) : 0.0f;
                sums[query] = FMA(sums[query], shrinks[query], part);
                scores[at] = sees ? part : UNSEEN;
                for (int column = 0; column < COLUMNS; column++) {
                    mix[query * COLUMNS + column] *= shrinks[query];
                }
            }
            barrier(CLK_LOCAL_MEM_FENCE);
            switch (valueFormat) {
                case KV_F32:
                    mix_values(mix, scores, places, values, KV_F32, kvHeads, kvHead, valueSize, count);
                    break;
                case KV_F16:
                    mix_values(mix, scores, places, values, KV_F16, kvHeads, kvHead, valueSize, count);
                    break;
                default:
                    mix_values(mix, scores, places, values, KV_Q8_0, kvHeads, kvHead, valueSize, count);
                    break;
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE); // nobody reads the shares of the last run
        for (int query = 0; query < QUERIES; query++) {
            scores[query * LOCAL + lane] = sums[query];
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        float sum = 0.0f;
        for (int i = 0; i < QUERIES; i++) {
            sum += scores[ownQuery * LOCAL + lane % PARTS + i * PARTS];
        }
        partial[lane] = sum;
        barrier(CLK_LOCAL_MEM_FENCE);
        for (int query = 0; query < QUERIES; query++) {
            if (query < count) {
                float total = 0.0f;
                for (int part = 0; part < PARTS; part++) {
                    total += partial[query * PARTS + part];
                }
                const size_t row = (size_t)(begin + query / packedHeads) * heads + firstHead + query % packedHeads;
                global float *part = parts + (row * splits + split) * (valueSize + 2);
                if (splits > 1 && lane == 0) {
                    part[0] = largest[query];
                    part[1] = total;
                }
                for (int i = 0; i < COLUMNS; i++) {
                    const int column = i * LOCAL + lane;
                    const float mixed = mix[query * COLUMNS + i];
                    if (column < valueSize && splits == 1) {
                        out[row * valueSize + column] = mixed / total;
                    } else if (column < valueSize) {
                        part[2 + column] = mixed;
                    }
                }
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE); // all have read what the next tokens overwrite
    }
}

// Adds up the parts of a head. Group (head, token).
kernel __attribute__((reqd_work_group_size(LOCAL, 1, 1))) void merge(global float *restrict out,
        const global float *restrict parts, const global int *restrict counts, int heads, int valueSize, int together,
        int spread) {
    const int token = get_group_id(1);
    const int splits = splits_of(counts, together, spread);
    if (token >= counts[TOKENS] || splits == 1) {
        return;
    }
    const size_t row = (size_t)token * heads + get_group_id(0);
    const int each = valueSize + 2;
    const global float *part = parts + row * splits * each;
    float largest = -INFINITY;
    for (int split = 0; split < splits; split++) {
        largest = fmax(largest, part[split * each]);
    }
    float sum = 0.0f;
    for (int split = 0; split < splits; split++) {
        const float most = part[split * each];
        sum = FMA(part[split * each + 1], most == largest ? 1.0f : exp(most - largest), sum);
    }
    for (int i = get_local_id(0); i < valueSize; i += LOCAL) {
        float mixed = 0.0f;
        for (int split = 0; split < splits; split++) {
            const float most = part[split * each];
            mixed = FMA(part[split * each + 2 + i], most == largest ? 1.0f : exp(most - largest), mixed);
        }
        out[row * valueSize + i] = mixed / sum;
    }
}
