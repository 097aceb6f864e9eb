// Q5_1: p0 = four bits a weight; p1 = the fifth; p2 = scale and minimum f16 a chunk.
#define BITS 5
#define ZERO 0.0f
#define OFFSETS

struct Raw {
    uint4 low;
    uint fifth;
    uint dm;
};

FUNCTION Raw load(Place at) {
    return {load128(OF_CHUNK(p0, 16)), load32(OF_CHUNK(p1, 4)), load32(OF_CHUNK(p2, 4))};
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return join(four_bits(raw.low, part), one_bit(raw.fifth, part, 4));
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.dm);
}

FUNCTION float offset(const Raw &raw, int half) {
    return high_half(raw.dm);
}
