// IQ3_S: p0 = eight bytes, lower bits of the code words of a chunk, for 4 weights each; p1 = signs; p2 = the ninth bit of
// each word, then the scale; p3 = scale f16 for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p3, 2, chunks / 8, chunk / 8));
    const global uchar *words = UNIT(p0, 8, chunks, chunk) + 2 * part;
    uint upper = LOAD_U16(UNIT(p2, 2, chunks, chunk));
    uint ninth = upper >> (2 * part);
    float scale = d * (float)(2 * (upper >> 8) + 1);
    float8 point = points4(codes, words[0] | ((ninth & 1) << 8), words[1] | ((ninth & 2) << 7));
    return with_signs((float8)scale * point, UNIT(p1, 4, chunks, chunk)[part]);
}
