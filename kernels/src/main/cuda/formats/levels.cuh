// IQ4_NL and IQ4_XS: p0 = four bits a weight, an index of uneven levels. IQ4_NL: p1 = scale f16 a chunk. IQ4_XS (GROUPED):
// p1 = scale of a chunk, a signed byte; p2 = its scale f16 for 8 chunks.
#define BITS 8
#define ZERO 128.0f

// 128 more than the levels -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113.
#define LEVELS make_uint4(0x3f2d1801, 0x766a5d4f, 0xa6998d81, 0xf1d9c5b5)

struct Raw {
    uint4 low;
    uint scale;
#ifdef GROUPED
    uint d;
#endif
};

FUNCTION Raw load(Place at) {
#ifdef GROUPED
    return {load128(OF_CHUNK(p0, 16)), load8(OF_CHUNK(p1, 1)), load16(OF_SPAN(p2, 2, 8))};
#else
    return {load128(OF_CHUNK(p0, 16)), load16(OF_CHUNK(p1, 2))};
#endif
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return look_up(raw.low, part, LEVELS);
}

FUNCTION float scale(const Raw &raw, int half) {
#ifdef GROUPED
    return low_half(raw.d) * (float)signed_byte(raw.scale, 0);
#else
    return low_half(raw.scale);
#endif
}
