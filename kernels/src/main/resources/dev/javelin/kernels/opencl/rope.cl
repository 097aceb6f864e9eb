// Turns pairs of elements of every head of every token.
//
// Angles are kept in turns as fractions of 2^64: the product of a position and a frequency, modulo a whole turn, is then
// exact, however long the context, and no double is needed.

#define WITH_FACTORS 1
#define NEIGHBOURS 2

// The frequency divided by the factor, which is neither 0 nor NaN, times 2^shift.
static ulong divided(ulong frequency, float factor, int shift) {
    const uint bits = as_uint(factor) & 0x7fffffff;
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

// A work-item turns a pair or copies an element behind those that turn.
kernel void rope(global float *restrict out, const global float *restrict x, const global ulong *restrict frequencies,
        const global float *restrict factors, const global int *restrict positions,
        const global int *restrict counts, int heads, int size, int dims, int shift, float magnitude, int flags) {
    const int pairs = dims / 2;
    const int each = size - pairs;
    const int token = get_group_id(1);
    const int item = get_global_id(0);
    if (token >= counts[TOKENS] || item >= heads * each) {
        return;
    }
    const size_t head = ((size_t)token * heads + item / each) * size;
    const int pair = item % each;
    if (pair >= pairs) {
        out[head + pairs + pair] = x[head + pairs + pair];
        return;
    }
    const float factor = flags & WITH_FACTORS ? factors[pair] : 1.0f;
    const bool divides = factor != 0.0f && !isnan(factor); // else the angle is no number
    ulong turn = flags & WITH_FACTORS && divides ? divided(frequencies[pair], factor, shift) : frequencies[pair] << shift;
    turn *= (ulong)positions[token];
    float halves = divides ? (float)as_long(turn) * 0x1p-63f : NAN; // half turns from -1 to 1
    halves = factor < 0.0f ? -halves : halves;
    const float cosine = cospi(halves) * magnitude;
    const float sine = sinpi(halves) * magnitude;
    const size_t first = head + (flags & NEIGHBOURS ? 2 * pair : pair);
    const size_t second = first + (flags & NEIGHBOURS ? 1 : pairs);
    const float a = x[first];
    const float b = x[second];
    out[first] = FMA(a, cosine, -(b * sine));
    out[second] = FMA(a, sine, b * cosine);
}
