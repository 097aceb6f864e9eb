// IQ2_S: p0 = four bytes, lower bits of the code words of a chunk; p1 = signs, a byte for each word; p2 = upper two bits of
// each word, then two scales of 4 bits, for 16 weights each; p3 = scale f16 for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p3, 2, chunks / 8, chunk / 8));
    uint upper = LOAD_U16(UNIT(p2, 2, chunks, chunk));
    uint word = UNIT(p0, 4, chunks, chunk)[part] | (((upper >> (2 * part)) & 3) << 8);
    float scale = d * ((float)((upper >> (8 + 4 * (part >> 1))) & 15) + 0.5f) * 0.25f;
    return with_signs((float8)scale * point8(codes, word), UNIT(p1, 4, chunks, chunk)[part]);
}
