// IQ4_NL and IQ4_XS: p0 = four bits a weight, an index of uneven levels. IQ4_NL: p1 = scale f16 a chunk. IQ4_XS (GROUPED):
// p1 = scale of a chunk, a signed byte; p2 = its scale f16 for 8 chunks.
constant float levels[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

static float8 decode8(PLANES, size_t tile, uint row, uint chunks, uint chunk, uint part) {
#ifdef GROUPED
    float d = LOAD_F16(UNIT(p2, 2, chunks / 8, chunk / 8));
    float scale = d * (float)as_char(UNIT(p1, 1, chunks, chunk)[0]);
#else
    float scale = LOAD_F16(UNIT(p1, 2, chunks, chunk));
#endif
    uint8 q = four_bits(UNIT(p0, 16, chunks, chunk), part);
    return (float8)scale
            * (float8)(levels[q.s0], levels[q.s1], levels[q.s2], levels[q.s3], levels[q.s4], levels[q.s5],
                    levels[q.s6], levels[q.s7]);
}
