// F32: p0 = 4 weights in 16 bytes.
#define RAGGED

static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    uint unit = 8 * chunk + 2 * part;
    float4 low = *(const global float4 *)UNIT(p0, 16, 8 * chunks, unit);
    float4 high = *(const global float4 *)UNIT(p0, 16, 8 * chunks, unit + 1);
    return (float8)(low, high);
}
