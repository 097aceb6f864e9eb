// Q3_K: p0 = two bits a weight; p1 = the third; p2 = for 16 weights a signed byte, the scale; p3 = their scale f16 for 8
// chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p3, 2, chunks / 8, chunk / 8));
    float scale = d * (float)as_char(UNIT(p2, 2, chunks, chunk)[part >> 1]);
    uint8 q = two_bits(UNIT(p0, 8, chunks, chunk), part);
    uint8 third = one_bit(UNIT(p1, 4, chunks, chunk), part);
    return (float8)scale * numbers(q | (third << (uint8)2), 4.0f);
}
