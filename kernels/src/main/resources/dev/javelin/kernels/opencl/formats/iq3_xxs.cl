// IQ3_XXS: p0 = eight code words of a byte, for 4 weights each; p1 = 32 bits: scale and four times seven signs; p2 = scale
// f16 for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p2, 2, chunks / 8, chunk / 8));
    const global uchar *words = UNIT(p0, 8, chunks, chunk) + 2 * part;
    uint packed = LOAD_U32(UNIT(p1, 4, chunks, chunk));
    float scale = d * ((float)(packed >> 28) + 0.5f) * 0.5f;
    float8 point = points4(codes, words[0], words[1]);
    return with_signs((float8)scale * point, eight_signs((packed >> (7 * part)) & 127));
}
