// What is done element by element.
#include "active.cuh"

#define ADD 0
#define MULTIPLY 1

// Thread (column, row).
#define ELEMENT(width)                                                                                                 \
    const int column = blockIdx.x * blockDim.x + threadIdx.x;                                                          \
    if ((int)blockIdx.y >= rows_of(counts, rows) || column >= (width)) {                                               \
        return;                                                                                                        \
    }                                                                                                                  \
    const size_t at = (size_t)blockIdx.y * (width) + column;

KERNEL(1024)
unary(float *__restrict__ out, const float *__restrict__ x, const int *__restrict__ counts, int rows, int width,
        int activation) {
    ELEMENT(width)
    out[at] = active(x[at], activation);
}

KERNEL(1024)
glu(float *out, const float *gate, const float *up, const int *__restrict__ counts, int rows, int width,
        int activation) {
    ELEMENT(width)
    out[at] = active(gate[at], activation) * up[at];
}

KERNEL(1024)
scale(float *__restrict__ out, const float *__restrict__ x, const int *__restrict__ counts, int rows, int width,
        float factor) {
    ELEMENT(width)
    out[at] = factor * x[at];
}

KERNEL(1024)
soft_cap(float *__restrict__ out, const float *__restrict__ x, const int *__restrict__ counts, int rows, int width,
        float cap) {
    ELEMENT(width)
    out[at] = cap * tanhf(x[at] / cap);
}

// One row of b may serve all rows of a.
KERNEL(1024)
binary(float *out, const float *a, const float *b, const int *__restrict__ counts, int rows, int width, int kind,
        int oneRow) {
    ELEMENT(width)
    const float other = b[oneRow ? column : at];
    out[at] = kind == ADD ? a[at] + other : a[at] * other;
}

// The experts' results of each row, weighted by their shares and added up in the order of choice.
KERNEL(1024)
expert_sum(float *__restrict__ out, const float *__restrict__ x, const float *__restrict__ shares,
        const int *__restrict__ counts, int rows, int chosen, int n) {
    ELEMENT(n)
    const size_t first = (size_t)blockIdx.y * chosen;
    float sum = 0.0f;
    for (int i = 0; i < chosen; i++) {
        sum = fmaf(shares[first + i], x[(first + i) * n + column], sum);
    }
    out[at] = sum;
}

// The rows of the tokens that the step wants something of.
KERNEL(1024)
rows(float *__restrict__ out, const float *__restrict__ x, const int *__restrict__ outputTokens,
        const int *__restrict__ counts, int width) {
    const int column = blockIdx.x * blockDim.x + threadIdx.x;
    const int output = blockIdx.y;
    if (output < counts[OUTPUTS] && column < width) {
        out[(size_t)output * width + column] = x[(size_t)outputTokens[output] * width + column];
    }
}

// Rows in BF16, filled up with zeros. Nothing is done in steps with fewer rows than some. Thread (column, row).
KERNEL(1024)
to_bf16(ushort *__restrict__ out, const float *__restrict__ x, const int *__restrict__ counts, int rows, int fewest,
        int width, int filled) {
    const int all = rows_of(counts, rows);
    const int column = blockIdx.x * blockDim.x + threadIdx.x;
    if (all < fewest || blockIdx.y >= all || column >= filled) {
        return;
    }
    const uint bits = column < width ? __float_as_uint(x[(size_t)blockIdx.y * width + column]) : 0;
    // half a unit more, to even; what is no number must not turn into infinity
    const uint rounded = bits + 0x7fff + (bits >> 16 & 1);
    out[(size_t)blockIdx.y * filled + column] = (bits & 0x7fffffff) > 0x7f800000 ? bits >> 16 | 0x40 : rounded >> 16;
}
