// IQ1_M: p0 = four bytes, lower bits of the code words of a chunk; p1 = four half bytes: shift and upper bits; p2 = two
// scales of 3 bits, for 16 weights each; p3 = scale f16 for 8 chunks.
#define FLOATS

struct Raw {
    const uchar *codes;
    uint words;
    uint upper;
    uint scales;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {at.planes.codes, load32(OF_CHUNK(p0, 4)), load16(OF_CHUNK(p1, 2)), load8(OF_CHUNK(p2, 1)), load16(OF_SPAN(p3, 2, 8))};
}

FUNCTION void floats(const Raw &raw, int part, float *w) {
    const uint upper = raw.upper >> 4 * part;
    const uint word = (raw.words >> 8 * part & 255) | (upper & 7) << 8;
    coordinates(load64(raw.codes + 8 * word), w);
    const float shift = (upper & 8) == 0 ? 0.125f : -0.125f;
#pragma unroll
    for (int i = 0; i < 8; i++) {
        w[i] += shift;
    }
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d) * (float)(2 * (raw.scales >> 3 * half & 7) + 1);
}
