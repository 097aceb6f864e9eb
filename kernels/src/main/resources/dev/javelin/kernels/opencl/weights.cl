// How weights lie in memory. A tile is TILE rows of a matrix; a chunk is 32 weights of a row. Each plane is made of units
// of so many bytes, which hold some part of what belongs to so many weights: quants, scales, high bits. The units of a
// tile are ordered by their place in the row first and by row second,
//
//   byte of unit u, row r of tile t  =  ((t * unitsPerRow + u) * TILE + r) * unitBytes
//
// so that work-items that take a row each read neighbouring memory.
//
// The text of a format follows. It defines
//
//   float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part)
//
// weights 8 part .. 8 part + 7 of a chunk, with the float operations of the format's codec in their order, so that an
// embedding row is exactly what it should be. A format whose rows may end within a chunk defines RAGGED; weights behind
// the end are zero.
#define TILE 32

#define PLANES                                                                                                         \
    const global uchar *restrict p0, const global uchar *restrict p1, const global uchar *restrict p2,                 \
            const global uchar *restrict p3, const global uchar *restrict codes
#define PLANE_ARGS p0, p1, p2, p3, codes

#define UNIT(plane, bytes, units, unit) ((plane) + ((tile * (units) + (unit)) * TILE + row) * (bytes))

// Units are as aligned as they are large, up to 16 bytes.
#define LOAD_U16(at) (*(const global ushort *)(at))
#define LOAD_U32(at) (*(const global uint *)(at))
#define LOAD_U64(at) (*(const global uint2 *)(at))
#define LOAD_F16(at) vload_half(0, (const global half *)(at))

// Small integers as floats. Bits below the 24th, put into the mantissa of 2^23, are that number more than 2^23: two cheap
// operations instead of a conversion, which is slow on many devices.
static float8 numbers(uint8 quants, float zero) {
    return as_float8(quants | (uint8)0x4b000000u) - (float8)(8388608.0f + zero);
}

// A scale and what is added. Embedding rows are rounded as the format's codec does it.
#ifdef EXACT
#define AFFINE(scale, quants, offset) ((float8)(scale) * (quants) + (float8)(offset))
#else
#define AFFINE(scale, quants, offset) FMA((float8)(scale), quants, (float8)(offset))
#endif

// Eight neighbouring bytes, one for each weight; more than those bits may be set above.
static uint8 bytes_of(uint2 words) {
    return (uint8)(words.x, words.x >> 8, words.x >> 16, words.x >> 24, words.y, words.y >> 8, words.y >> 16,
            words.y >> 24);
}

// Four bits a weight, 16 bytes a chunk: byte j holds weight j in its low half and j + 16 in its high half.
static uint8 four_bits(const global uchar *unit, uint part) {
    return bytes_of(LOAD_U64(unit + 8 * (part & 1)) >> (uint2)(4 * (part >> 1))) & (uint8)15;
}

// Two bits a weight, 8 bytes a chunk: byte j holds weights j, j + 8, j + 16 and j + 24, the first in the lowest bits.
static uint8 two_bits(const global uchar *unit, uint part) {
    return bytes_of(LOAD_U64(unit) >> (uint2)(2 * part)) & (uint8)3;
}

// One bit a weight, 4 bytes a chunk, lowest bit first.
static uint8 one_bit(const global uchar *unit, uint part) {
    return ((uint8)(LOAD_U32(unit) >> (8 * part)) >> (uint8)(0, 1, 2, 3, 4, 5, 6, 7)) & (uint8)1;
}

// Eight bits a weight with a sign, in units of 16.
static float8 signed_bytes(const global uchar *unit, uint part) {
    uint2 words = LOAD_U64(unit + 8 * (part & 1)) ^ (uint2)0x80808080u; // 128 more, without a sign
    return numbers(bytes_of(words) & (uint8)255, 128.0f);
}

// A coordinate for each of eight weights, as a point of a lattice has them.
static float8 point8(const global uchar *codes, uint word) {
    return convert_float8(as_char8(LOAD_U64(codes + 8 * word)));
}

// Two points of four coordinates each.
static float8 points4(const global uchar *codes, uint first, uint second) {
    return convert_float8(as_char8((uint2)(LOAD_U32(codes + 4 * first), LOAD_U32(codes + 4 * second))));
}

// Negates weight j if bit j is set.
static float8 with_signs(float8 weights, uint signs) {
    return select(weights, -weights, (int8)((int)signs) << (int8)(31, 30, 29, 28, 27, 26, 25, 24));
}

// Completes seven signs: the eighth is such that an even number of weights is negative.
static uint eight_signs(uint seven) {
    return seven | ((popcount(seven) & 1) << 7);
}
