// IQ2_XS: p0 = four times seven signs and nine bits of code word; p1 = two scales of 4 bits, for 16 weights each;
// p2 = scale f16 for 8 chunks.
#define FLOATS

struct Raw {
    const uchar *codes;
    uint2 group;
    uint scales;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {at.planes.codes, load64(OF_CHUNK(p0, 8)), load8(OF_CHUNK(p1, 1)), load16(OF_SPAN(p2, 2, 8))};
}

FUNCTION void floats(const Raw &raw, int part, float *w) {
    const uint packed = (part < 2 ? raw.group.x : raw.group.y) >> 16 * (part & 1) & 0xffff;
    coordinates(load64(raw.codes + 8 * (packed & 511)), w);
    with_signs(w, eight_signs(packed >> 9));
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d) * ((float)(raw.scales >> 4 * half & 15) + 0.5f) * 0.25f;
}
