// Keeps the keys, or the values, of the new tokens.

// F32 or F16: a work-item keeps an element.
kernel void write_plain(global uchar *restrict kept, const global float *restrict x, const global int *restrict tables,
        const global int *restrict sequences, const global int *restrict kvIndices, const global int *restrict counts,
        int width, int blockTokens, int tableLength, int format) {
    const int token = get_group_id(1);
    const int column = get_global_id(0);
    if (token >= counts[TOKENS] || column >= width) {
        return;
    }
    const global int *table = tables + (size_t)sequences[token] * tableLength;
    const size_t to = place_of(table, kvIndices[token], blockTokens) * width + column;
    const float number = x[(size_t)token * width + column];
    if (format == KV_F16) {
        vstore_half_rte(number, to, (global half *)kept);
    } else {
        ((global float *)kept)[to] = number;
    }
}

// Q8_0: a work-item keeps a block, rounding as the format's codec does. A number that is not finite makes the whole block
// NaN.
kernel void write_q8_0(global uchar *restrict kept, const global float *restrict x, const global int *restrict tables,
        const global int *restrict sequences, const global int *restrict kvIndices, const global int *restrict counts,
        int width, int blockTokens, int tableLength, int format) {
    const int token = get_group_id(1);
    const int block = get_global_id(0);
    const int blocks = width / Q8_0_LENGTH;
    if (token >= counts[TOKENS] || block >= blocks) {
        return;
    }
    const global int *table = tables + (size_t)sequences[token] * tableLength;
    const size_t place = place_of(table, kvIndices[token], blockTokens);
    global uchar *to = kept + (place * blocks + block) * Q8_0_BYTES;
    const global float *from = x + (size_t)token * width + block * Q8_0_LENGTH;
    float peak = 0.0f;
    bool finite = true;
    for (int i = 0; i < Q8_0_LENGTH; i++) {
        peak = fmax(peak, fabs(from[i]));
        finite = finite && isfinite(from[i]);
    }
    const float scale = finite ? peak / 127.0f : NAN;
    const float inverse = scale == 0.0f ? 0.0f : 1.0f / scale;
    vstore_half_rte(scale, 0, (global half *)to);
    for (int i = 0; i < Q8_0_LENGTH; i++) {
        const float steps = fmin(round(fabs(from[i]) * inverse), 127.0f); // halves away from zero
        const int magnitude = finite ? (int)steps : 0;
        to[2 + i] = (uchar)(from[i] < 0.0f ? -magnitude : magnitude);
    }
}
