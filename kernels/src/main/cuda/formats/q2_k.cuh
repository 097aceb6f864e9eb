// Q2_K: p0 = two bits a weight; p1 = for 16 weights a byte, scale in its low half, minimum in its high half;
// p2 = their scales f16 for 8 chunks.
#define BITS 2
#define ZERO 0.0f
#define OFFSETS

struct Raw {
    uint2 low;
    uint scales;
    uint dm;
};

FUNCTION Raw load(Place at) {
    return {load64(OF_CHUNK(p0, 8)), load16(OF_CHUNK(p1, 2)), load32(OF_SPAN(p2, 4, 8))};
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return two_bits(raw.low, part);
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.dm) * (float)(raw.scales >> 8 * half & 15);
}

FUNCTION float offset(const Raw &raw, int half) {
    return -(high_half(raw.dm) * (float)(raw.scales >> (8 * half + 4) & 15));
}
