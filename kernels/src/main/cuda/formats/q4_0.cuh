// Q4_0: p0 = four bits a weight; p1 = scale f16 a chunk.
#define BITS 4
#define ZERO 8.0f

struct Raw {
    uint4 low;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {load128(OF_CHUNK(p0, 16)), load16(OF_CHUNK(p1, 2))};
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return four_bits(raw.low, part);
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d);
}
