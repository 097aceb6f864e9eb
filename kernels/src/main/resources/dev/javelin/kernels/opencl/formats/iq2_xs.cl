// IQ2_XS: p0 = four times seven signs and nine bits of code word; p1 = two scales of 4 bits, for 16 weights each;
// p2 = scale f16 for 8 chunks.
static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    float d = LOAD_F16(UNIT(p2, 2, chunks / 8, chunk / 8));
    uint packed = LOAD_U16(UNIT(p0, 8, chunks, chunk) + 2 * part);
    uint scales = UNIT(p1, 1, chunks, chunk)[0];
    float scale = d * ((float)((scales >> (4 * (part >> 1))) & 15) + 0.5f) * 0.25f;
    return with_signs((float8)scale * point8(codes, packed & 511), eight_signs(packed >> 9));
}
