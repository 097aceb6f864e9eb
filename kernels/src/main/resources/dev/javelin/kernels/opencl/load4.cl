// Four neighbouring numbers of a row of k activations.
#ifdef RAGGED
// Rows may end anywhere, and what lies behind may be no number.
static float4 load4(const global float *x, int at, int k) {
    if (at + 4 <= k) {
        return vload4(0, x + at);
    }
    return (float4)(at < k ? x[at] : 0.0f, at + 1 < k ? x[at + 1] : 0.0f, at + 2 < k ? x[at + 2] : 0.0f, 0.0f);
}
#else
#define load4(x, at, k) (*(const global float4 *)((x) + (at)))
#endif
