// IQ2_XXS: p0 = four code words of a byte, then 32 bits: scale and four times seven signs; p1 = scale f16 for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p1, 2, chunks / 8, chunk / 8));
    const global uchar *group = UNIT(p0, 8, chunks, chunk);
    uint packed = LOAD_U32(group + 4);
    float scale = d * ((float)(packed >> 28) + 0.5f) * 0.25f;
    return with_signs((float8)scale * point8(codes, group[part]), eight_signs((packed >> (7 * part)) & 127));
}
