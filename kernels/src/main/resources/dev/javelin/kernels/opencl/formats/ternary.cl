// TQ1_0, TQ2_0 and Q2_0: p0 = two bits a weight, the quant plus one; p1 = scale f16 for SPAN chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p1, 2, chunks / SPAN, chunk / SPAN));
    uint8 q = two_bits(UNIT(p0, 8, chunks, chunk), part);
    return (float8)d * numbers(q, 1.0f);
}
