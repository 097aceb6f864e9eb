// The weights of a chunk as integers: weight = scale * quant + offset. Four quants to a word, the first in the lowest byte; the
// first half of the chunk is low, the second high. The text of a format follows; it defines
//
//   Quants quants_of(PLANES, size_t tile, uint row, uint chunks, uint chunk)
typedef struct {
    uint4 low;
    uint4 high;
    float scale;
    float offset;
} Quants;

// Byte j holds weight j in its low half and j + 16 in its high half.
static Quants four_bit_quants(const global uchar *unit) {
    const uint4 words = *(const global uint4 *)unit;
    Quants quants;
    quants.low = words & (uint4)0x0f0f0f0fu;
    quants.high = (words >> (uint4)4) & (uint4)0x0f0f0f0fu;
    return quants;
}
