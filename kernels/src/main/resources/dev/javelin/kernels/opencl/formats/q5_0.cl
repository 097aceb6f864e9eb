// Q5_0: p0 = four bits a weight; p1 = the fifth; p2 = scale f16 a chunk.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p2, 2, chunks, chunk));
    uint8 q = four_bits(UNIT(p0, 16, chunks, chunk), part);
    uint8 fifth = one_bit(UNIT(p1, 4, chunks, chunk), part);
    return (float8)d * numbers(q | (fifth << (uint8)4), 16.0f);
}
