// How weights lie in memory. A tile is TILE rows of a matrix; a chunk is 32 weights of a row. Each plane is made of units
// of so many bytes, which hold some part of what belongs to so many weights: quants, scales, high bits. The units of a
// tile are ordered by their place in the row first and by row second,
//
//   byte of unit u, row r of tile t  =  ((t * unitsPerRow + u) * TILE + r) * unitBytes
//
// so that threads that take a row each read neighbouring memory.
//
// The text of a format defines what a chunk is while it is in registers, and how it gets there:
//
//   struct Raw;  Raw load(Place)
//
// and what is in it. Weights come in parts of eight, a scale belongs to a half, 16 weights:
//
//   weight = scale(raw, half) * (number - ZERO) + offset(raw, half)
//
// with numbers that are either whole, `uint2 bytes(raw, part)`, of BITS bits, a byte each; or any, in FLOATS
// `void floats(raw, part, float[8])`, where there is no ZERO. A format without offsets does not define OFFSETS; one without
// scales either defines PLAIN.
#pragma once
#include "common.cuh"

#define TILE 32
#define CHUNK 32

struct Planes {
    const uchar *p0;
    const uchar *p1;
    const uchar *p2;
    const uchar *p3;
    const uchar *codes;
};

// Where a chunk is: its row of a tile, in rows of so many chunks.
struct Place {
    Planes planes;
    size_t tile;
    uint row;
    uint chunks;
    uint chunk;
};

#define UNIT(plane, bytes, units, unit)                                                                                \
    (at.planes.plane + ((at.tile * (units) + (unit)) * TILE + at.row) * (size_t)(bytes))
#define OF_CHUNK(plane, bytes) UNIT(plane, bytes, at.chunks, at.chunk)
#define OF_SPAN(plane, bytes, span) UNIT(plane, bytes, at.chunks / (span), at.chunk / (span))

// Weights never change, and units are as aligned as they are large, up to 16 bytes.
FUNCTION uint load8(const uchar *at) {
    return __ldg(at);
}

FUNCTION uint load16(const uchar *at) {
    return __ldg((const ushort *)at);
}

FUNCTION uint load32(const uchar *at) {
    return __ldg((const uint *)at);
}

FUNCTION uint2 load64(const uchar *at) {
    return __ldg((const uint2 *)at);
}

FUNCTION uint4 load128(const uchar *at) {
    return __ldg((const uint4 *)at);
}

FUNCTION float low_half(uint bits) {
    return half_to_float((ushort)bits);
}

FUNCTION float high_half(uint bits) {
    return half_to_float((ushort)(bits >> 16));
}

// Byte i of the words, as a signed number.
FUNCTION int signed_byte(uint bits, int i) {
    return (int)(bits << (24 - 8 * i)) >> 24;
}

// Four bits a weight, 16 bytes a chunk: byte j holds weight j in its low half and j + 16 in its high half.
FUNCTION uint2 four_bits(uint4 unit, int part) {
    const uint2 words = part & 1 ? make_uint2(unit.z, unit.w) : make_uint2(unit.x, unit.y);
    const int shift = 4 * (part >> 1);
    return make_uint2(words.x >> shift & 0x0f0f0f0f, words.y >> shift & 0x0f0f0f0f);
}

// Two bits a weight, 8 bytes a chunk: byte j holds weights j, j + 8, j + 16 and j + 24, the first in the lowest bits.
FUNCTION uint2 two_bits(uint2 unit, int part) {
    return make_uint2(unit.x >> 2 * part & 0x03030303, unit.y >> 2 * part & 0x03030303);
}

// One bit a weight, lowest first: the bits of a part, one to a byte, shifted left.
FUNCTION uint2 one_bit(uint unit, int part, int shift) {
    const uint bits = unit >> 8 * part;
    return make_uint2((bits & 15) * (0x00204081 << shift) & 0x01010101 << shift,
            (bits >> 4 & 15) * (0x00204081 << shift) & 0x01010101 << shift);
}

FUNCTION uint2 join(uint2 a, uint2 b) {
    return make_uint2(a.x | b.x, a.y | b.y);
}

// Looks four-bit indices up in a table of 16 bytes, entries in order. Gives the bytes of a part.
FUNCTION uint look_up(uint packed, uint4 table) { // the lower four half bytes
    const uint low = __byte_perm(table.x, table.y, packed & 0x7777);
    const uint high = __byte_perm(table.z, table.w, packed & 0x7777);
    return __byte_perm(low, high, 0x3210 | (packed & 0x8888) >> 1);
}

FUNCTION uint2 look_up(uint4 unit, int part, uint4 table) {
    const uint2 words = part & 1 ? make_uint2(unit.z, unit.w) : make_uint2(unit.x, unit.y);
    const int choice = part >> 1 ? 0x7531 : 0x6420; // half bytes of two weights alternate
    return make_uint2(__byte_perm(look_up(words.x, table), look_up(words.x >> 16, table), choice),
            __byte_perm(look_up(words.y, table), look_up(words.y >> 16, table), choice));
}

// Bytes as floats, less some number: put into the mantissa of 2^23, a byte is that much more than 2^23.
FUNCTION void subtracted(uint2 bytes, float zero, float *numbers) {
#pragma unroll
    for (int i = 0; i < 8; i++) {
        const uint mantissa = __byte_perm(i < 4 ? bytes.x : bytes.y, 0x4b000000, 0x7540 | i % 4);
        numbers[i] = __uint_as_float(mantissa) - (8388608.0f + zero);
    }
}

// Eight coordinates of a byte each, with signs.
FUNCTION void coordinates(uint2 points, float *numbers) {
    subtracted(make_uint2(points.x ^ 0x80808080, points.y ^ 0x80808080), 128.0f, numbers);
}

// Negates weight j if bit j is set.
FUNCTION void with_signs(float *numbers, uint signs) {
#pragma unroll
    for (int i = 0; i < 8; i++) {
        numbers[i] = __uint_as_float(__float_as_uint(numbers[i]) ^ (signs << (31 - i) & 0x80000000));
    }
}

// Completes seven signs: the eighth is such that an even number of weights is negative.
FUNCTION uint eight_signs(uint seven) {
    return seven | (__popc(seven) & 1) << 7;
}
