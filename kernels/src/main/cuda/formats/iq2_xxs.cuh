// IQ2_XXS: p0 = four code words of a byte, then 32 bits: scale and four times seven signs; p1 = scale f16 for 8 chunks.
#define FLOATS

struct Raw {
    const uchar *codes;
    uint2 group;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {at.planes.codes, load64(OF_CHUNK(p0, 8)), load16(OF_SPAN(p1, 2, 8))};
}

FUNCTION void floats(const Raw &raw, int part, float *w) {
    coordinates(load64(raw.codes + 8 * (raw.group.x >> 8 * part & 255)), w);
    with_signs(w, eight_signs(raw.group.y >> 7 * part & 127));
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d) * ((float)(raw.group.y >> 28) + 0.5f) * 0.25f;
}
