// Q4_K: p0 = four bits a weight; p1 = scale and minimum of a chunk, a byte each; p2 = their scales f16 for 8 chunks.
#define BITS 4
#define ZERO 0.0f
#define OFFSETS

struct Raw {
    uint4 low;
    uint scales;
    uint dm;
};

FUNCTION Raw load(Place at) {
    return {load128(OF_CHUNK(p0, 16)), load16(OF_CHUNK(p1, 2)), load32(OF_SPAN(p2, 4, 8))};
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return four_bits(raw.low, part);
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.dm) * (float)(raw.scales & 255);
}

FUNCTION float offset(const Raw &raw, int half) {
    return -(high_half(raw.dm) * (float)(raw.scales >> 8));
}
