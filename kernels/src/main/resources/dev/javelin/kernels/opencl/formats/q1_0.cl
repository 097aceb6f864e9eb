// Q1_0: p0 = a bit a weight, set for plus; p1 = scale f16 for 4 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p1, 2, chunks / 4, chunk / 4));
    uint bits = LOAD_U32(UNIT(p0, 4, chunks, chunk)) >> (8 * part);
    return with_signs((float8)d, ~bits);
}
