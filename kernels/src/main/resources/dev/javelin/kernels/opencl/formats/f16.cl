// F16: p0 = 8 weights in 16 bytes.
#define RAGGED

static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
    return vload_half8(0, (const global half *)UNIT(p0, 16, 4 * chunks, 4 * chunk + part));
}
