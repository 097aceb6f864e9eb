// IQ3_S: p0 = eight bytes, lower bits of the code words of a chunk, for 4 weights each; p1 = signs; p2 = the ninth bit of
// each word, then the scale; p3 = scale f16 for 8 chunks.
#define FLOATS

struct Raw {
    const uchar *codes;
    uint2 words;
    uint signs;
    uint upper;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {at.planes.codes, load64(OF_CHUNK(p0, 8)), load32(OF_CHUNK(p1, 4)), load16(OF_CHUNK(p2, 2)), load16(OF_SPAN(p3, 2, 8))};
}

FUNCTION void floats(const Raw &raw, int part, float *w) {
    const uint words = (part < 2 ? raw.words.x : raw.words.y) >> 16 * (part & 1);
    const uint ninth = raw.upper >> 2 * part;
    coordinates(make_uint2(load32(raw.codes + 4 * ((words & 255) | (ninth & 1) << 8)),
                        load32(raw.codes + 4 * ((words >> 8 & 255) | (ninth & 2) << 7))),
            w);
    with_signs(w, raw.signs >> 8 * part);
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d) * (float)(2 * (raw.upper >> 8) + 1);
}
