// Q4_0: p0 = four bits a weight; p1 = scale f16 a chunk.
static Quants quants_of(PLANES, size_t tile, uint row, uint chunks, uint chunk) {
    Quants quants = four_bit_quants(UNIT(p0, 16, chunks, chunk));
    quants.scale = LOAD_F16(UNIT(p1, 2, chunks, chunk));
    quants.offset = -8.0f * quants.scale;
    return quants;
}
