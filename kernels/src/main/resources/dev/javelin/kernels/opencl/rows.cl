// The rows of the tokens that the step wants something of.
kernel void rows(global float *restrict out, const global float *restrict x, const global int *restrict outputTokens,
        const global int *restrict counts, int width) {
    const int output = get_group_id(1);
    const int column = get_global_id(0);
    if (output < counts[OUTPUTS] && column < width) {
        out[(size_t)output * width + column] = x[(size_t)outputTokens[output] * width + column];
    }
}
