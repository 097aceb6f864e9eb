// Turns pairs of elements of every head of every token.
#include "angle.cuh"

// A thread turns a pair or copies an element behind those that turn.
KERNEL(1024)
rope(float *__restrict__ out, const float *__restrict__ x, const ulong *__restrict__ frequencies,
        const float *__restrict__ factors, const int *__restrict__ positions, const int *__restrict__ counts, int heads,
        int size, int dims, int shift, float magnitude, int flags) {
    const int pairs = dims / 2;
    const int each = size - pairs;
    const int token = blockIdx.y;
    const int item = blockIdx.x * blockDim.x + threadIdx.x;
    if (token >= counts[TOKENS] || item >= heads * each) {
        return;
    }
    const size_t head = ((size_t)token * heads + item / each) * size;
    const int pair = item % each;
    if (pair >= pairs) {
        out[head + pairs + pair] = x[head + pairs + pair];
        return;
    }
    const float halves = half_turns(frequencies, factors, pair, positions[token], shift, flags);
    const float cosine = cospif(halves) * magnitude;
    const float sine = sinpif(halves) * magnitude;
    const size_t first = head + (flags & NEIGHBOURS ? 2 * pair : pair);
    const size_t second = first + (flags & NEIGHBOURS ? 1 : pairs);
    const float a = x[first];
    const float b = x[second];
    out[first] = fmaf(a, cosine, -(b * sine));
    out[second] = fmaf(a, sine, b * cosine);
}
