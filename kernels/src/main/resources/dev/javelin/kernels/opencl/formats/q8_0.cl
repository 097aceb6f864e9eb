// Q8_0: p0 = 16 quants a unit; p1 = scale f16 a chunk.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p1, 2, chunks, chunk));
    return (float8)d * signed_bytes(UNIT(p0, 16, 2 * chunks, 2 * chunk + (part >> 1)), part);
}
