// Q6_K: p0 = four bits a weight; p1 = the upper two; p2 = for 16 weights a signed byte, the scale; p3 = their scale f16
// for 8 chunks.
#define BITS 6
#define ZERO 32.0f

FUNCTION uint2 shifted(uint2 upper) {
    return make_uint2(upper.x << 4, upper.y << 4);
}

struct Raw {
    uint4 low;
    uint2 upper;
    uint scales;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {load128(OF_CHUNK(p0, 16)), load64(OF_CHUNK(p1, 8)), load16(OF_CHUNK(p2, 2)), load16(OF_SPAN(p3, 2, 8))};
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return join(four_bits(raw.low, part), shifted(two_bits(raw.upper, part)));
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d) * (float)signed_byte(raw.scales, half);
}
