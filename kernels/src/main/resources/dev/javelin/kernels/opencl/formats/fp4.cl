// MXFP4 and NVFP4: p0 = 4-bit floats. MXFP4: p1 = exponent of a chunk, a byte. NVFP4 (GROUPED): p1 = for 16 weights a
// byte, an 8-bit float.

// Twice the value of each.
constant float twice[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

// 2^(exponent - 128): half the scale. The lowest two are below the normal range.
static float half_power(uint exponent) {
    return as_float(exponent < 2 ? 0x200000u << exponent : (exponent - 1) << 23);
}

// Half the scale that an 8-bit float of 4 bits of exponent stands for; its sign does not count.
static float half_small(uint bits) {
    uint exponent = (bits >> 3) & 15;
    float mantissa = (float)(bits & 7);
    float scale = exponent == 0 ? mantissa * 0x1p-10f : (8.0f + mantissa) * as_float((exponent + 116) << 23);
    return bits == 127 ? 0.0f : scale;
}

static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
#ifdef GROUPED
    float scale = half_small(UNIT(p1, 2, chunks, chunk)[part >> 1]);
#else
    float scale = half_power(UNIT(p1, 1, chunks, chunk)[0]);
#endif
    uint8 q = four_bits(UNIT(p0, 16, chunks, chunk), part);
    return (float8)scale
            * (float8)(twice[q.s0], twice[q.s1], twice[q.s2], twice[q.s3], twice[q.s4], twice[q.s5], twice[q.s6],
                    twice[q.s7]);
}
