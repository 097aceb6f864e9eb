// IQ1_M: p0 = four bytes, lower bits of the code words of a chunk; p1 = four half bytes: shift and upper bits; p2 = two
// scales of 3 bits, for 16 weights each; p3 = scale f16 for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p3, 2, chunks / 8, chunk / 8));
    uint upper = LOAD_U16(UNIT(p1, 2, chunks, chunk)) >> (4 * part);
    uint word = UNIT(p0, 4, chunks, chunk)[part] | ((upper & 7) << 8);
    uint scales = UNIT(p2, 1, chunks, chunk)[0];
    float scale = d * (float)(2 * ((scales >> (3 * (part >> 1))) & 7) + 1);
    float shift = (upper & 8) == 0 ? 0.125f : -0.125f;
    return (float8)scale * (point8(codes, word) + (float8)shift);
}
