// Q8_0: p0 = 16 quants a unit; p1 = scale f16 a chunk.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p1, 2, chunks, chunk));
    char8 q = eight_bits(UNIT(p0, 16, 2 * chunks, 2 * chunk + (part >> 1)), part);
    return (float8)d * convert_float8(q);
}
