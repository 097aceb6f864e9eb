// Q5_1: p0 = four bits a weight; p1 = the fifth; p2 = scale and minimum f16 a chunk.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float2 dm = vload_half2(0, (const global half *)UNIT(p2, 4, chunks, chunk));
    uint8 q = four_bits(UNIT(p0, 16, chunks, chunk), part);
    uint8 fifth = one_bit(UNIT(p1, 4, chunks, chunk), part);
    return AFFINE(dm.x, numbers(q | (fifth << (uint8)4), 0.0f), dm.y);
}
