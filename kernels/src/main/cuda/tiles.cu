// Products with many rows of activations on matrix units, in BF16 with sums in F32. A block works on 64 rows of a matrix and 128
// rows of activations, called tokens, 64 columns at a time: each thread decodes a chunk of weights into shared memory, while
// the activations, which are BF16 already, are copied there by themselves, one step ahead.
//
// A row of 64 numbers is 8 units of 16 bytes. Unit u of row r lies at place u ^ (r % 8), so that eight rows of one unit, which
// is what is read and written at once, lie in different banks.
#include "format.cuh"

#define LOCAL 128
#define ROWS 64
#define MANY 128
#define STEP 64
#define UNITS (STEP / 8)

// How far the results of two tokens lie apart while they wait to be written, such that lanes use different banks.
#define APART (ROWS + 4)

#define WITH_BIAS 1
#define WITH_SCALE 8
#define WITH_RESIDUAL 64

FUNCTION uint address(const uint4 *shared) {
    return (uint)__cvta_generic_to_shared(shared);
}

// Copies 16 bytes in the background, or clears them.
FUNCTION void copy(uint4 *to, const ushort *from, bool real) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(address(to)), "l"(from), "r"(real ? 16 : 0)
                 : "memory");
}

FUNCTION void end_of_copies() {
    asm volatile("cp.async.commit_group;" ::: "memory");
}

// Waits for all groups of copies but the last.
FUNCTION void await_copies() {
    asm volatile("cp.async.wait_group 1;" ::: "memory");
}

FUNCTION void load_matrices(uint (&to)[4], const uint4 *from) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(to[0]), "=r"(to[1]), "=r"(to[2]), "=r"(to[3])
                 : "r"(address(from))
                 : "memory");
}

FUNCTION void multiply(float (&sums)[4], const uint (&a)[4], uint b0, uint b1) {
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
                 "{%0, %1, %2, %3};"
                 : "+f"(sums[0]), "+f"(sums[1]), "+f"(sums[2]), "+f"(sums[3])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

// Two numbers in BF16, the first in the lower half.
FUNCTION uint pair(float low, float high) {
    uint bits;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(bits) : "f"(high), "f"(low));
    return bits;
}

// out = scale * x W^T + bias + residual for any number of tokens from the fewest on. Rows of x hold whole steps, filled up with
// zeros. Block (ROWS rows of the matrix, MANY tokens).
extern "C" __global__ void __launch_bounds__(LOCAL, 3)
tiles(float *__restrict__ out, const uchar *__restrict__ p0, const uchar *__restrict__ p1, const uchar *__restrict__ p2,
        const uchar *__restrict__ p3, const float *__restrict__ bias, const float *__restrict__ scales,
        const uchar *__restrict__ codes, const ushort *__restrict__ x, const float *residual,
        const int *__restrict__ counts, int rows, int fewest, int n, int chunks, int flags) {
    __shared__ uint4 shared[(ROWS + 2 * MANY) * UNITS];
    uint4 *weights = shared;
    uint4 *tokens = shared + ROWS * UNITS; // two steps of them
    const int all = rows_of(counts, rows);
    const int first = MANY * blockIdx.y;
    if (all < fewest || first >= all) {
        return;
    }
    const int lane = threadIdx.x % WARP;
    const int warp = threadIdx.x / WARP;
    const int steps = (chunks + 1) / 2;
    const size_t width = (size_t)steps * STEP;

    // what this thread decodes: a row, and every other chunk of it
    const int decodedRow = threadIdx.x % ROWS;
    const int own = min((int)blockIdx.x * ROWS + decodedRow, (n + TILE - 1) / TILE * TILE - 1);
    const int half = threadIdx.x / ROWS;
    const Planes planes = {p0, p1, p2, p3, codes};
    Place place = {planes, (size_t)(own / TILE), (uint)(own % TILE), (uint)chunks, 0};

    // of what is multiplied, this warp has 32 rows and 64 tokens
    const int warpRow = warp % 2 * 32;
    const int warpToken = warp / 2 * 64;
    const int pairs = min(max((all - first - warpToken + 15) / 16, 0), 4); // of eight tokens each
    float sums[2][8][4];
#pragma unroll
    for (int i = 0; i < 2; i++) {
#pragma unroll
        for (int j = 0; j < 8; j++) {
#pragma unroll
            for (int k = 0; k < 4; k++) {
                sums[i][j][k] = 0.0f;
            }
        }
    }

    auto copyTokens = [&](int step) {
        if (step < steps) {
#pragma unroll 1
            for (int at = threadIdx.x; at < MANY * UNITS; at += LOCAL) {
                const int token = at / UNITS;
                const int unit = at % UNITS;
                const bool real = first + token < all;
                const ushort *from = x + (real ? (first + token) * width + step * STEP + 8 * unit : 0);
                copy(&tokens[(step % 2 * MANY + token) * UNITS + (unit ^ token % 8)], from, real);
            }
        }
        end_of_copies();
    };

    copyTokens(0);
    place.chunk = min(half, chunks - 1);
    Raw raw = load(place);
#pragma unroll 1
    for (int step = 0; step < steps; step++) {
        const bool there = 2 * step + half < chunks; // else it is the last chunk again, and counts for nothing
#pragma unroll
        for (int part = 0; part < 4; part++) {
            float w[8];
            exact(raw, part, w);
            const uint4 unit = make_uint4(pair(w[0], w[1]), pair(w[2], w[3]), pair(w[4], w[5]), pair(w[6], w[7]));
            weights[decodedRow * UNITS + (4 * half + part ^ decodedRow % 8)] =
                    there ? unit : make_uint4(0, 0, 0, 0);
        }
        copyTokens(step + 1);
        place.chunk = min(2 * (step + 1) + half, chunks - 1);
        raw = load(place);
        await_copies();
        __syncthreads();
#pragma unroll
        for (int k = 0; k < STEP / 16; k++) {
            uint a[2][4];
#pragma unroll
            for (int i = 0; i < 2; i++) {
                const int row = warpRow + 16 * i + lane % 16;
                load_matrices(a[i], &weights[row * UNITS + (2 * k + lane / 16 ^ row % 8)]);
            }
#pragma unroll
            for (int j = 0; j < 4; j++) {
                if (j < pairs) { // the same for the whole warp
                    const int token = warpToken + 16 * j + lane / 16 * 8 + lane % 8;
                    uint b[4];
                    load_matrices(b, &tokens[(step % 2 * MANY + token) * UNITS + (2 * k + lane / 8 % 2 ^ token % 8)]);
#pragma unroll
                    for (int i = 0; i < 2; i++) {
                        multiply(sums[i][2 * j], a[i], b[0], b[1]);
                        multiply(sums[i][2 * j + 1], a[i], b[2], b[3]);
                    }
                }
            }
        }
        __syncthreads();
    }

    // by way of shared memory, so that neighbouring lanes write neighbouring rows
    float *results = (float *)shared;
#pragma unroll
    for (int i = 0; i < 2; i++) {
#pragma unroll
        for (int j = 0; j < 8; j++) {
#pragma unroll
            for (int k = 0; k < 4; k++) {
                const int row = warpRow + 16 * i + lane / 4 + k / 2 * 8;
                const int token = warpToken + 8 * j + lane % 4 * 2 + k % 2;
                results[token * APART + row] = sums[i][j][k];
            }
        }
    }
    __syncthreads();
    const float factor = flags & WITH_SCALE ? scales[0] : 1.0f;
#pragma unroll 1
    for (int at = threadIdx.x; at < ROWS * min(MANY, all - first); at += LOCAL) {
        const int row = blockIdx.x * ROWS + at % ROWS;
        if (row < n) {
            const size_t to = (size_t)(first + at / ROWS) * n + row;
            float result = factor * results[at / ROWS * APART + at % ROWS];
            result += flags & WITH_BIAS ? bias[row] : 0.0f;
            result += flags & WITH_RESIDUAL ? residual[to] : 0.0f;
            out[to] = result;
        }
    }
}
