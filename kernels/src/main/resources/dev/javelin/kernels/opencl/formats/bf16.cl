// BF16: p0 = 8 weights in 16 bytes, each the upper half of a float.
#define RAGGED

static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    ushort8 halves = as_ushort8(*(const global uint4 *)UNIT(p0, 16, 4 * chunks, 4 * chunk + part));
    return as_float8(convert_uint8(halves) << (uint8)16);
}
