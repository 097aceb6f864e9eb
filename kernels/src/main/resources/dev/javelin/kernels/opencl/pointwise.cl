// What is done element by element.

#define SILU 0
#define GELU_TANH 1
#define GELU_ERF 2
#define RELU_SQUARED 3

#define ADD 0
#define MULTIPLY 1

static float active(float x, int activation) {
    switch (activation) {
        case SILU: { // half of the exponent at a time: the result is in range where exp(-x) is not
            const float root = exp(-0.5f * fabs(x));
            const float small = root * root;
            return (x < 0.0f ? x * root * root : x) / (1.0f + small);
        }
        case GELU_TANH:
            return 0.5f * x * (1.0f + tanh(0.7978845608f * (x + 0.044715f * x * x * x)));
        case GELU_ERF: // 1 + erf(z) = erfc(-z), without cancellation
            return 0.5f * x * erfc(x * -0.7071067812f);
        default:
            return x > 0.0f ? x * x : isnan(x) ? x : 0.0f;
    }
}

// Work-item (column, row).
#define ELEMENT(width)                                                                                                 \
    const int column = get_global_id(0);                                                                               \
    if ((int)get_group_id(1) >= rows_of(counts, rows) || column >= (width)) {                                          \
        return;                                                                                                        \
    }                                                                                                                  \
    const size_t at = (size_t)get_group_id(1) * (width) + column;

kernel void unary(global float *restrict out, const global float *restrict x, const global int *restrict counts,
        int rows, int width, int activation) {
    ELEMENT(width)
    out[at] = active(x[at], activation);
}

kernel void glu(global float *restrict out, const global float *gate, const global float *up,
        const global int *restrict counts, int rows, int width, int activation) {
    ELEMENT(width)
    out[at] = active(gate[at], activation) * up[at];
}

kernel void scale(global float *restrict out, const global float *restrict x, const global int *restrict counts,
        int rows, int width, float factor) {
    ELEMENT(width)
    out[at] = factor * x[at];
}

kernel void soft_cap(global float *restrict out, const global float *restrict x, const global int *restrict counts,
        int rows, int width, float cap) {
    ELEMENT(width)
    out[at] = cap * tanh(x[at] / cap);
}

// One row of b may serve all rows of a.
kernel void binary(global float *restrict out, const global float *a, const global float *b,
        const global int *restrict counts, int rows, int width, int kind, int oneRow) {
    ELEMENT(width)
    const float other = b[oneRow ? column : at];
    out[at] = kind == ADD ? a[at] + other : a[at] * other;
}

// The experts' results of each row, weighted by their shares and added up in the order of choice.
kernel void expert_sum(global float *restrict out, const global float *restrict x, const global float *restrict shares,
        const global int *restrict counts, int rows, int chosen, int n) {
    const int row = get_group_id(1);
    const int column = get_global_id(0);
    if (row >= rows_of(counts, rows) || column >= n) {
        return;
    }
    const size_t first = (size_t)row * chosen;
    float sum = 0.0f;
    for (int i = 0; i < chosen; i++) {
        sum = FMA(shares[first + i], x[(first + i) * n + column], sum);
    }
    out[(size_t)row * n + column] = sum;
}
