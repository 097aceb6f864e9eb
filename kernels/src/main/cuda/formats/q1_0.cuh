// Q1_0: p0 = a bit a weight, set for plus; p1 = scale f16 for 4 chunks.
#define BITS 2
#define ZERO 1.0f

struct Raw {
    uint signs;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {load32(OF_CHUNK(p0, 4)), load16(OF_SPAN(p1, 2, 4))};
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return one_bit(raw.signs, part, 1);
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d);
}
