// MXFP4 and NVFP4: p0 = 4-bit floats. MXFP4: p1 = exponent of a chunk, a byte. NVFP4 (GROUPED): p1 = for 16 weights a
// byte, an 8-bit float.
#define BITS 5
#define ZERO 12.0f

// 12 more than twice the values 0, 1/2, 1, 3/2, 2, 3, 4, 6 and the same with a minus.
#define VALUES make_uint4(0x0f0e0d0c, 0x18141210, 0x090a0b0c, 0x00040608)

struct Raw {
    uint4 low;
    uint scales;
};

FUNCTION Raw load(Place at) {
#ifdef GROUPED
    return {load128(OF_CHUNK(p0, 16)), load16(OF_CHUNK(p1, 2))};
#else
    return {load128(OF_CHUNK(p0, 16)), load8(OF_CHUNK(p1, 1))};
#endif
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return look_up(raw.low, part, VALUES);
}

// Half the scale that an 8-bit float of 4 bits of exponent stands for; its sign does not count.
FUNCTION float half_small(uint bits) {
    const uint exponent = bits >> 3 & 15;
    const float mantissa = (float)(bits & 7);
    const float number = exponent == 0 ? mantissa * 0x1p-10f
                                       : (8.0f + mantissa) * __uint_as_float((exponent + 116) << 23);
    return bits == 127 ? 0.0f : number;
}

FUNCTION float scale(const Raw &raw, int half) {
#ifdef GROUPED
    return half_small(raw.scales >> 8 * half & 255);
#else // 2^(exponent - 128); the lowest two are below the normal range
    return __uint_as_float(raw.scales < 2 ? 0x200000u << raw.scales : (raw.scales - 1) << 23);
#endif
}
