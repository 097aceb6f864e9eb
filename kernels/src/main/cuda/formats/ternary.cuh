// TQ1_0, TQ2_0 and Q2_0: p0 = two bits a weight, the quant plus one; p1 = scale f16 for SPAN chunks.
#define BITS 2
#define ZERO 1.0f

struct Raw {
    uint2 low;
    uint d;
};

FUNCTION Raw load(Place at) {
    return {load64(OF_CHUNK(p0, 8)), load16(OF_SPAN(p1, 2, SPAN))};
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return two_bits(raw.low, part);
}

FUNCTION float scale(const Raw &raw, int half) {
    return low_half(raw.d);
}
