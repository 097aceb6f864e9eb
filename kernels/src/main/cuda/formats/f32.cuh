// F32: p0 = 4 weights in 16 bytes.
#define PLAIN
#define RAGGED

struct Raw {
    uint4 quads[8];
};

FUNCTION Raw load(Place at) {
    Raw raw;
#pragma unroll
    for (int i = 0; i < 8; i++) {
        raw.quads[i] = load128(UNIT(p0, 16, 8 * at.chunks, 8 * at.chunk + i));
    }
    return raw;
}

FUNCTION void floats(const Raw &raw, int part, float *w) {
#pragma unroll
    for (int i = 0; i < 2; i++) {
        const uint4 quad = raw.quads[2 * part + i];
        w[4 * i] = __uint_as_float(quad.x);
        w[4 * i + 1] = __uint_as_float(quad.y);
        w[4 * i + 2] = __uint_as_float(quad.z);
        w[4 * i + 3] = __uint_as_float(quad.w);
    }
}
