// Q6_K: p0 = four bits a weight; p1 = the upper two; p2 = for 16 weights a signed byte, the scale; p3 = their scale f16
// for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p3, 2, chunks / 8, chunk / 8));
    float scale = d * (float)as_char(UNIT(p2, 2, chunks, chunk)[part >> 1]);
    uint8 q = four_bits(UNIT(p0, 16, chunks, chunk), part);
    uint8 upper = two_bits(UNIT(p1, 8, chunks, chunk), part);
    return (float8)scale * numbers(q | (upper << (uint8)4), 32.0f);
}
