// IQ1_S: p0 = four bytes, lower bits of the code words of a chunk; p1 = 16 bits: shift, scale, upper bits; p2 = scale f16
// for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p2, 2, chunks / 8, chunk / 8));
    uint group = LOAD_U16(UNIT(p1, 2, chunks, chunk));
    uint word = UNIT(p0, 4, chunks, chunk)[part] | (((group >> (3 * part)) & 7) << 8);
    float scale = d * (float)(2 * ((group >> 12) & 7) + 1);
    float shift = group >> 15 == 0 ? 0.125f : -0.125f;
    return (float8)scale * (point8(codes, word) + (float8)shift);
}
