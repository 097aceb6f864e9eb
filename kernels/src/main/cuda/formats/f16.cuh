// F16: p0 = 8 weights in 16 bytes.
#define PLAIN
#define RAGGED

struct Raw {
    uint4 eights[4];
};

FUNCTION Raw load(Place at) {
    Raw raw;
#pragma unroll
    for (int i = 0; i < 4; i++) {
        raw.eights[i] = load128(UNIT(p0, 16, 4 * at.chunks, 4 * at.chunk + i));
    }
    return raw;
}

FUNCTION void floats(const Raw &raw, int part, float *w) {
    const uint words[4] = {raw.eights[part].x, raw.eights[part].y, raw.eights[part].z, raw.eights[part].w};
#pragma unroll
    for (int i = 0; i < 4; i++) {
        w[2 * i] = low_half(words[i]);
        w[2 * i + 1] = high_half(words[i]);
    }
}
