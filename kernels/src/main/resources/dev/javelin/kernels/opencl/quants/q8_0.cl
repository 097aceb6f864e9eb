// Q8_0: p0 = 16 quants a unit; p1 = scale f16 a chunk.
static Quants quants_of(PLANES, size_t tile, uint row, uint chunks, uint chunk) {
    Quants quants;
    quants.low = *(const global uint4 *)UNIT(p0, 16, 2 * chunks, 2 * chunk);
    quants.high = *(const global uint4 *)UNIT(p0, 16, 2 * chunks, 2 * chunk + 1);
    quants.scale = LOAD_F16(UNIT(p1, 2, chunks, chunk));
    quants.offset = 0.0f;
    return quants;
}
