// Q4_1: p0 = four bits a weight; p1 = scale and minimum f16 a chunk.
#define BITS 4
#define ZERO 0.0f
#define OFFSETS

struct Raw {
    uint4 low;
    uint dm;
};

FUNCTION Raw load(Place at) {
    return {load128(OF_CHUNK(p0, 16)), load32(OF_CHUNK(p1, 4))};
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return four_bits(raw.low, part);
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.dm);
}

FUNCTION float offset(const Raw &raw, int half) {
    return high_half(raw.dm);
}
