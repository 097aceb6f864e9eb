// IQ2_S: p0 = four bytes, lower bits of the code words of a chunk; p1 = signs, a byte for each word; p2 = upper two bits of
// each word, then two scales of 4 bits, for 16 weights each; p3 = scale f16 for 8 chunks.
#define FLOATS

struct Raw {
    const uchar *codes;
    uint words;
    uint signs;
    uint upper;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {at.planes.codes, load32(OF_CHUNK(p0, 4)), load32(OF_CHUNK(p1, 4)), load16(OF_CHUNK(p2, 2)), load16(OF_SPAN(p3, 2, 8))};
}

FUNCTION void floats(const Raw &raw, int part, float *w) {
    const uint word = (raw.words >> 8 * part & 255) | (raw.upper >> 2 * part & 3) << 8;
    coordinates(load64(raw.codes + 8 * word), w);
    with_signs(w, raw.signs >> 8 * part);
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d) * ((float)(raw.upper >> (8 + 4 * half) & 15) + 0.5f) * 0.25f;
}
