// Q4_K: p0 = four bits a weight; p1 = scale and minimum of a chunk, a byte each; p2 = their scales f16 for 8 chunks.
static Quants quants_of(PLANES, size_t tile, uint row, uint chunks, uint chunk) {
    const float2 dm = vload_half2(0, (const global half *)UNIT(p2, 4, chunks / 8, chunk / 8));
    const uint scales = LOAD_U16(UNIT(p1, 2, chunks, chunk));
    Quants quants = four_bit_quants(UNIT(p0, 16, chunks, chunk));
    quants.scale = dm.x * (float)(scales & 255);
    quants.offset = -dm.y * (float)(scales >> 8);
    return quants;
}
