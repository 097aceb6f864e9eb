// Angles in turns as fractions of 2^64: the product of a position and a frequency, modulo a whole turn, is then exact,
// however long the context, and no double is needed.
#pragma once
#include "common.cuh"

#define WITH_FACTORS 1
#define NEIGHBOURS 2

// The frequency divided by the factor, which is neither 0 nor NaN, times 2^shift.
FUNCTION ulong divided(ulong frequency, float factor, int shift) {
    const uint bits = __float_as_uint(factor) & 0x7fffffff;
    const int exponent = bits >> 23;
    const ulong mantissa = exponent == 0 ? bits : (bits & 0x7fffff) | 0x800000;
    const int up = 150 - max(exponent, 1) + shift; // the factor is mantissa * 2^(exponent - 150)
    if (up < 0) {
        return up <= -64 ? 0 : (frequency / mantissa) >> -up;
    }
    const ulong whole = up >= 64 ? 0 : (frequency / mantissa) << up;
    const ulong rest = frequency % mantissa; // below 2^24, so that a shift by 40 loses nothing
    return whole + (up <= 40 ? (rest << up) / mantissa : up >= 104 ? 0 : ((rest << 40) / mantissa) << (up - 40));
}

// Half turns from -1 to 1 by which a pair is turned at a position.
FUNCTION float half_turns(const ulong *frequencies, const float *factors, int pair, int position, int shift, int flags) {
    const float factor = flags & WITH_FACTORS ? factors[pair] : 1.0f;
    if (factor == 0.0f || isnan(factor)) { // no such file is sound
        return NOT_A_NUMBER;
    }
    ulong turn = flags & WITH_FACTORS ? divided(frequencies[pair], factor, shift) : frequencies[pair] << shift;
    turn *= (ulong)(long long)position;
    const float halves = (float)(long long)turn * 0x1p-63f;
    return factor < 0.0f ? -halves : halves;
}
