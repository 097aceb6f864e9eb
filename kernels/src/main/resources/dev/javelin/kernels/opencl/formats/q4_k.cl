// Q4_K: p0 = four bits a weight; p1 = scale and minimum of a chunk, a byte each; p2 = their scales f16 for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float2 dm = vload_half2(0, (const global half *)UNIT(p2, 4, chunks / 8, chunk / 8));
    uint scales = LOAD_U16(UNIT(p1, 2, chunks, chunk));
    uint8 q = four_bits(UNIT(p0, 16, chunks, chunk), part);
    float scale = dm.x * (float)(scales & 255);
    float minimum = dm.y * (float)(scales >> 8);
    return AFFINE(scale, numbers(q, 0.0f), -minimum);
}
