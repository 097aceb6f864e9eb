// Q2_K: p0 = two bits a weight; p1 = for 16 weights a byte, scale in its low half, minimum in its high half;
// p2 = their scales f16 for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float2 dm = vload_half2(0, (const global half *)UNIT(p2, 4, chunks / 8, chunk / 8));
    uint scales = UNIT(p1, 2, chunks, chunk)[part >> 1];
    uint8 q = two_bits(UNIT(p0, 8, chunks, chunk), part);
    float scale = dm.x * (float)(scales & 15);
    float minimum = dm.y * (float)(scales >> 4);
    return AFFINE(scale, numbers(q, 0.0f), -minimum);
}
