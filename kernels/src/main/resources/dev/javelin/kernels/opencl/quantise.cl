// Rows of activations as integers of 8 bits, in blocks of 32 that have a scale each. A number that is not finite makes its block
// NaN, as it does in the codec of Q8_0.

#define BLOCK 32

// Work-item (block, row): writes the quants, four to a word, then their scale and that times their sum.
kernel void quantise(global uint *restrict quants, global float *restrict scales, const global float *restrict x,
        const global int *restrict counts, int rows, int k, int most) {
    const int row = get_group_id(1);
    const int block = get_global_id(0);
    const int blocks = k / BLOCK;
    const int all = rows_of(counts, rows);
    if (all > most || row >= all || block >= blocks) {
        return;
    }
    const size_t at = (size_t)row * blocks + block;
    const global float *from = x + at * BLOCK;
    float peak = 0.0f;
    bool finite = true;
    for (int i = 0; i < BLOCK; i++) {
        peak = fmax(peak, fabs(from[i]));
        finite = finite && isfinite(from[i]);
    }
    const float scale = finite ? peak / 127.0f : NAN;
    const float inverse = finite && peak > 0.0f ? 127.0f / peak : 0.0f;
    int sum = 0;
    for (int word = 0; word < BLOCK / 4; word++) {
        uint packed = 0;
        for (int i = 0; i < 4; i++) {
            const float number = finite ? from[4 * word + i] * inverse : 0.0f;
            const int quant = clamp(convert_int_rte(number), -127, 127);
            sum += quant;
            packed |= ((uint)quant & 255) << (8 * i);
        }
        quants[at * (BLOCK / 4) + word] = packed;
    }
    scales[2 * at] = scale;
    scales[2 * at + 1] = scale * (float)sum;
}
