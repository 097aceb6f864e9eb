// Q4_0: p0 = four bits a weight; p1 = scale f16 a chunk.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p1, 2, chunks, chunk));
    uint8 q = four_bits(UNIT(p0, 16, chunks, chunk), part);
    return (float8)d * numbers(q, 8.0f);
}
