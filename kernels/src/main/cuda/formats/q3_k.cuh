// Q3_K: p0 = two bits a weight; p1 = the third; p2 = for 16 weights a signed byte, the scale; p3 = their scale f16 for 8
// chunks.
#define BITS 3
#define ZERO 4.0f

struct Raw {
    uint2 low;
    uint third;
    uint scales;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {load64(OF_CHUNK(p0, 8)), load32(OF_CHUNK(p1, 4)), load16(OF_CHUNK(p2, 2)), load16(OF_SPAN(p3, 2, 8))};
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return join(two_bits(raw.low, part), one_bit(raw.third, part, 2));
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d) * (float)signed_byte(raw.scales, half);
}
