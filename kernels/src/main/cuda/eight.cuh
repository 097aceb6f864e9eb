// Keys and values of heads of HEAD elements in the format KV, eight elements at a time.
#pragma once
#include "kv.cuh"

#define EACH 8

// Keys or values of eight elements as they come from memory.
struct Eight {
#if KV == KV_F16
    uint4 bits;
#elif KV == KV_F32
    float4 low;
    float4 high;
#else
    ushort scale;
    ushort quants[4];
#endif
};

FUNCTION Eight load(const uchar *plane, size_t row, int part) {
#if KV == KV_F16
    return {*(const uint4 *)(plane + (row * HEAD + EACH * part) * 2)};
#elif KV == KV_F32
    const float4 *at = (const float4 *)(plane + (row * HEAD + EACH * part) * 4);
    return {at[0], at[1]};
#else
    const ushort *block = (const ushort *)(plane + (row * (HEAD / Q8_0_LENGTH) + part / 4) * Q8_0_BYTES);
    const ushort *quants = block + 1 + 4 * (part % 4);
    return {block[0], {quants[0], quants[1], quants[2], quants[3]}};
#endif
}

FUNCTION Eight none() {
    Eight eight = {};
    return eight;
}

FUNCTION void numbers(const Eight &eight, float *x) {
#if KV == KV_F16
    const uint words[4] = {eight.bits.x, eight.bits.y, eight.bits.z, eight.bits.w};
#pragma unroll
    for (int i = 0; i < 4; i++) {
        x[2 * i] = half_to_float((ushort)words[i]);
        x[2 * i + 1] = half_to_float((ushort)(words[i] >> 16));
    }
#elif KV == KV_F32
    const float all[EACH] = {eight.low.x, eight.low.y, eight.low.z, eight.low.w, eight.high.x, eight.high.y,
            eight.high.z, eight.high.w};
#pragma unroll
    for (int i = 0; i < EACH; i++) {
        x[i] = all[i];
    }
#else
    const float scale = half_to_float(eight.scale);
#pragma unroll
    for (int i = 0; i < 4; i++) {
        x[2 * i] = scale * (float)(signed char)(eight.quants[i] & 255);
        x[2 * i + 1] = scale * (float)(signed char)(eight.quants[i] >> 8);
    }
#endif
}

// Scores that differ by this much from the largest count. As long as all are negative infinity, nothing is added.
FUNCTION float base_of(float largest) {
    return largest == -INFINITE ? 0.0f : largest;
}
