// IQ1_S: p0 = four bytes, lower bits of the code words of a chunk; p1 = 16 bits: shift, scale, upper bits; p2 = scale f16
// for 8 chunks.
#define FLOATS

struct Raw {
    const uchar *codes;
    uint words;
    uint group;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {at.planes.codes, load32(OF_CHUNK(p0, 4)), load16(OF_CHUNK(p1, 2)), load16(OF_SPAN(p2, 2, 8))};
}

FUNCTION void floats(const Raw &raw, int part, float *w) {
    const uint word = (raw.words >> 8 * part & 255) | (raw.group >> 3 * part & 7) << 8;
    coordinates(load64(raw.codes + 8 * word), w);
    const float shift = raw.group >> 15 == 0 ? 0.125f : -0.125f;
#pragma unroll
    for (int i = 0; i < 8; i++) {
        w[i] += shift;
    }
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d) * (float)(2 * (raw.group >> 12 & 7) + 1);
}
