// Q8_K: p0 = 16 quants a unit; p1 = scale f32 for 8 chunks.
#define BITS 8
#define ZERO 128.0f

FUNCTION uint2 signed_bytes(uint4 unit, int part) { // 128 more, without a sign
    return part & 1 ? make_uint2(unit.z ^ 0x80808080, unit.w ^ 0x80808080)
                    : make_uint2(unit.x ^ 0x80808080, unit.y ^ 0x80808080);
}

struct Raw {
    uint4 quants[2];
    uint d;
};

FUNCTION Raw load(Place at) {
    return {
        {load128(UNIT(p0, 16, 2 * at.chunks, 2 * at.chunk)), load128(UNIT(p0, 16, 2 * at.chunks, 2 * at.chunk + 1))},
        load32(OF_SPAN(p1, 4, 8))};
}

FUNCTION uint2 bytes(const Raw &raw, int part) {
    return signed_bytes(raw.quants[part >> 1], part);
}

FUNCTION float scale(const Raw &raw, int half) {
    return __uint_as_float(raw.d);
}
