// IQ3_XXS: p0 = eight code words of a byte, for 4 weights each; p1 = 32 bits: scale and four times seven signs; p2 = scale
// f16 for 8 chunks.
#define FLOATS

struct Raw {
    const uchar *codes;
    uint2 words;
    uint packed;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {at.planes.codes, load64(OF_CHUNK(p0, 8)), load32(OF_CHUNK(p1, 4)), load16(OF_SPAN(p2, 2, 8))};
}

FUNCTION void floats(const Raw &raw, int part, float *w) {
    const uint words = (part < 2 ? raw.words.x : raw.words.y) >> 16 * (part & 1);
    coordinates(make_uint2(load32(raw.codes + 4 * (words & 255)), load32(raw.codes + 4 * (words >> 8 & 255))), w);
    with_signs(w, eight_signs(raw.packed >> 7 * part & 127));
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d) * ((float)(raw.packed >> 28) + 0.5f) * 0.5f;
}
