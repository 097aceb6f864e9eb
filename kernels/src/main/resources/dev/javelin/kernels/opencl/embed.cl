// Rows of a table, one for each token, times a factor.

#define FEEDBACK 1
#define EMBEDDING 2

// A work-item writes eight numbers.
kernel void embed(global float *restrict out, PLANES, const global int *restrict sources,
        const global int *restrict tokens, const global int *restrict feedback,
        const global float *restrict embeddings, const global int *restrict counts, int vocabulary, int width,
        int chunks, float factor) {
    const int token = get_group_id(1);
    const int first = 8 * get_global_id(0);
    if (token >= counts[TOKENS] || first >= width) {
        return;
    }
    const int source = sources[token];
    int id = tokens[token];
    float8 numbers;
    global float *to = out + (size_t)token * width + first;
    const int count = min(8, width - first);
    if (source == EMBEDDING) { // copied as it is
        const global float *from = embeddings + (size_t)id * width + first;
        for (int i = 0; i < count; i++) {
            to[i] = from[i];
        }
        return;
    }
    if (source == FEEDBACK) {
        id = feedback[id];
    }
    if (id < 0 || id >= vocabulary) { // only an id fed back can be wrong: nobody checked it before
        numbers = (float8)NAN;
    } else {
        numbers = decode8(PLANE_ARGS, id / TILE, id % TILE, chunks, first / 32, first / 8 % 4) * (float8)factor;
    }
    if (count == 8) {
        vstore8(numbers, 0, to);
    } else {
        float rest[8];
        vstore8(numbers, 0, rest);
        for (int i = 0; i < count; i++) {
            to[i] = rest[i];
        }
    }
}
