// Q8_K: p0 = 16 quants a unit; p1 = scale f32 for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = *(const global float *)UNIT(p1, 4, chunks / 8, chunk / 8);
    return (float8)d * signed_bytes(UNIT(p0, 16, 2 * chunks, 2 * chunk + (part >> 1)), part);
}
