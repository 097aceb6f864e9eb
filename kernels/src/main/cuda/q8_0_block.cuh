// Rounds 32 numbers to a block of Q8_0 as the format's codec does. A number that is not finite makes the whole block NaN.
#pragma once
#include "kv.cuh"

FUNCTION void keep_q8_0(uchar *to, const float *from) {
    float peak = 0.0f;
    bool finite = true;
    for (int i = 0; i < Q8_0_LENGTH; i++) {
        peak = fmaxf(peak, fabsf(from[i]));
        finite = finite && isfinite(from[i]);
    }
    const float scale = finite ? peak / 127.0f : NOT_A_NUMBER;
    const float inverse = scale == 0.0f ? 0.0f : 1.0f / scale;
    *(ushort *)to = float_to_half(scale);
    for (int i = 0; i < Q8_0_LENGTH; i++) {
        const float steps = fminf(roundf(fabsf(from[i]) * inverse), 127.0f); // halves away from zero
        const int magnitude = finite ? (int)steps : 0;
        to[2 + i] = (uchar)(from[i] < 0.0f ? -magnitude : magnitude);
    }
}
