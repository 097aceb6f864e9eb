// Products of some rows of a matrix with a few rows of activations, called columns here. A block of THREADS works on 8, 16 or
// 32 rows of a tile: thread t has row t % rows of them and every (THREADS / rows)-th chunk of it, so that it reads 16 bytes
// at a time beside its neighbours. A chunk is decoded once for all columns. Activations wait in shared memory.
//
// Every chunk has a sum of its own, which keeps the error small where rows are long. Whole numbers q of few bits are not
// converted: put into the mantissa of 1, they are 1 + q / 2^BITS. With S, the sum of the activations of 16 weights,
//
//   sum x (q - ZERO)  =  2^BITS sum x (1 + q / 2^BITS) - (2^BITS + ZERO) S
//
// and S is worked out once for all rows.
#pragma once
#include "format.cuh"

#define THREADS 512
#define WARPS (THREADS / WARP)
#define COLUMNS 8 // of products with several

// Chunks of activations that wait in shared memory. Beside each lie the sums of its halves, and room that keeps threads with
// different chunks from asking for the same bank.
#define STAGED 256
#define STRIDE 36

// Chunks of a thread that are read before the first of them is worked on: enough bytes under way, few enough registers.
#if defined(PLAIN)
#define DEPTH 2
#elif defined(FLOATS)
#define DEPTH 1
#else
#define DEPTH 4
#endif

#ifdef RAGGED
#define ENDS_ANYWHERE true
#else
#define ENDS_ANYWHERE false
#endif

// What is multiplied with: rows of k floats. With a weight, there is one row, and it is its norm that is multiplied with.
struct Input {
    const float *x;
    const float *weight;
    int k;
    int chunks;
    int columns;
    float eps;
};

// What a block keeps in common.
struct Shared {
    float4 staged[STAGED * STRIDE / 4];
    float parts[2 * WARPS * WARP];
    float room[WARPS];
};

FUNCTION float4 load4(const float *x, int at, int k) {
    if (!ENDS_ANYWHERE || (k % 4 == 0 && at < k)) {
        return *(const float4 *)(x + at);
    } // rows may end anywhere, and what lies behind may be no number
    return make_float4(at < k ? x[at] : 0.0f, at + 1 < k ? x[at + 1] : 0.0f, at + 2 < k ? x[at + 2] : 0.0f,
            at + 3 < k ? x[at + 3] : 0.0f);
}

// The factor of the norm of the only column. All threads call it.
FUNCTION float measured(Shared &shared, Input input) {
    float own = 0.0f;
#pragma unroll 1 // here and below: short loops, and their text is shipped for each format
    for (int i = 4 * threadIdx.x; i < input.k; i += 4 * THREADS) {
        const float4 four = load4(input.x, i, input.k);
        own = fmaf(four.x, four.x, own);
        own = fmaf(four.y, four.y, own);
        own = fmaf(four.z, four.z, own);
        own = fmaf(four.w, four.w, own);
    }
    return 1.0f / sqrtf(block_sum<THREADS>(own, shared.room) / (float)input.k + input.eps);
}

// Brings so many chunks of each column to shared memory; columns that are not there are zero. All threads call it.
FUNCTION void stage(Shared &shared, Input input, float factor, int columns, int from, int count) {
    float *staged = (float *)shared.staged;
#pragma unroll 1
    for (int column = 0; column < columns; column++) {
        const bool real = column < input.columns;
        const float *x = input.x + (real ? (size_t)column * input.k : 0);
#pragma unroll 1
        for (int first = 0; first < 8 * count; first += THREADS) {
            const int quad = first + threadIdx.x;
            const int at = CHUNK * from + 4 * quad;
            float4 four = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
            if (real && quad < 8 * count) {
                four = load4(x, at, input.k);
                if (input.weight != nullptr) {
                    const float4 weight = load4(input.weight, at, input.k);
                    four = make_float4(four.x * factor * weight.x, four.y * factor * weight.y,
                            four.z * factor * weight.z, four.w * factor * weight.w);
                }
            }
            float sum = (four.x + four.y) + (four.z + four.w); // of 16, by the four threads that have them
            sum += __shfl_xor_sync(ALL_LANES, sum, 1);
            sum += __shfl_xor_sync(ALL_LANES, sum, 2);
            if (quad < 8 * count) {
                float *to = staged + (column * count + quad / 8) * STRIDE;
                *(float4 *)(to + 4 * (quad % 8)) = four;
                if (quad % 4 == 0) {
                    to[CHUNK + quad % 8 / 4] = sum;
                }
            }
        }
    }
}

// A chunk as it is multiplied.
struct Numbers {
    float w[CHUNK];
    float scales[2];
    float offsets[2];
};

FUNCTION Numbers decoded(const Raw &raw) {
    Numbers numbers;
#pragma unroll
    for (int part = 0; part < 4; part++) {
#ifdef WHOLE
        const uint2 whole = bytes(raw, part);
#ifdef MANTISSA
        const uint2 steps = make_uint2(whole.x << (7 - BITS) | 0x80808080, whole.y << (7 - BITS) | 0x80808080);
#pragma unroll
        for (int i = 0; i < 8; i++) {
            numbers.w[8 * part + i] =
                    __uint_as_float(__byte_perm(i < 4 ? steps.x : steps.y, 0x3f000000, 0x7044 | i % 4 << 8));
        }
#else
        subtracted(whole, ZERO, numbers.w + 8 * part);
#endif
#else
        floats(raw, part, numbers.w + 8 * part);
#endif
    }
#pragma unroll
    for (int half = 0; half < 2; half++) {
#ifndef PLAIN
        numbers.scales[half] = scale(raw, half);
#endif
#ifdef OFFSETS
        numbers.offsets[half] = offset(raw, half);
#endif
    }
    return numbers;
}

// The product of a chunk with a column.
FUNCTION float dot(const Numbers &numbers, const float *x) {
    float result = 0.0f;
#if defined(MANTISSA) || defined(OFFSETS)
    const float2 sums = *(const float2 *)(x + CHUNK);
#endif
#pragma unroll
    for (int half = 0; half < 2; half++) {
        float even = 0.0f;
        float odd = 0.0f;
#pragma unroll
        for (int i = 16 * half; i < 16 * half + 16; i += 4) {
            const float4 four = *(const float4 *)(x + i);
            even = fmaf(numbers.w[i], four.x, even);
            odd = fmaf(numbers.w[i + 1], four.y, odd);
            even = fmaf(numbers.w[i + 2], four.z, even);
            odd = fmaf(numbers.w[i + 3], four.w, odd);
        }
        float own = even + odd;
#ifdef PLAIN
        result += own;
#else
#if defined(MANTISSA) || defined(OFFSETS)
        const float sum = half == 0 ? sums.x : sums.y;
#endif
#ifdef MANTISSA
        own = fmaf(own, (float)(1 << BITS), -((float)(1 << BITS) + ZERO) * sum);
#endif
        result = fmaf(numbers.scales[half], own, result);
#ifdef OFFSETS
        result = fmaf(numbers.offsets[half], sum, result);
#endif
#endif
    }
    return result;
}

// The share of this thread in the products of the same row of some matrices with the only column. `there` is whether all of the
// column waits in shared memory already. All threads call it.
template <int MATRICES>
FUNCTION void multiply(Shared &shared, const Planes (&planes)[MATRICES], size_t tile, int row, int slice, int slices,
        Input input, float factor, bool &there, float (&sums)[MATRICES]) {
    constexpr int depth = DEPTH > MATRICES ? DEPTH / MATRICES : 1;
    const float *staged = (const float *)shared.staged;
#pragma unroll
    for (int matrix = 0; matrix < MATRICES; matrix++) {
        sums[matrix] = 0.0f;
    }
    for (int from = 0; from < input.chunks; from += STAGED) {
        const int count = min(STAGED, input.chunks - from);
        if (!there) {
            __syncthreads(); // nobody reads the chunks before any more
            stage(shared, input, factor, 1, from, count);
            __syncthreads();
            there = input.chunks <= STAGED;
        }
        int chunk = slice;
        for (; chunk + (depth - 1) * slices < count; chunk += depth * slices) {
            Raw raws[depth][MATRICES];
#pragma unroll
            for (int i = 0; i < depth; i++) {
#pragma unroll
                for (int matrix = 0; matrix < MATRICES; matrix++) {
                    raws[i][matrix] = load({planes[matrix], tile, (uint)row, (uint)input.chunks,
                            (uint)(from + chunk + i * slices)});
                }
            }
#pragma unroll
            for (int i = 0; i < depth; i++) {
#pragma unroll
                for (int matrix = 0; matrix < MATRICES; matrix++) {
                    sums[matrix] += dot(decoded(raws[i][matrix]), staged + (chunk + i * slices) * STRIDE);
                }
            }
        }
#pragma unroll 1
        for (; chunk < count; chunk += slices) {
#pragma unroll
            for (int matrix = 0; matrix < MATRICES; matrix++) {
                const Raw raw = load({planes[matrix], tile, (uint)row, (uint)input.chunks, (uint)(from + chunk)});
                sums[matrix] += dot(decoded(raw), staged + chunk * STRIDE);
            }
        }
    }
}

// The same for one matrix and up to COLUMNS columns.
FUNCTION void multiply_columns(Shared &shared, Planes planes, size_t tile, int row, int slice, int slices, Input input,
        float (&sums)[COLUMNS]) {
    const int columns = input.columns == 1 ? 1 : input.columns == 2 ? 2 : input.columns <= 4 ? 4 : COLUMNS;
    const int most = STAGED / columns;
#pragma unroll
    for (int column = 0; column < COLUMNS; column++) {
        sums[column] = 0.0f;
    }
    for (int from = 0; from < input.chunks; from += most) {
        const int count = min(most, input.chunks - from);
        __syncthreads(); // nobody reads the chunks before any more
        stage(shared, input, 1.0f, columns, from, count);
        __syncthreads();
        const int apart = count * STRIDE;
#pragma unroll 1
        for (int chunk = slice; chunk < count; chunk += slices) {
            const float *x = (const float *)shared.staged + chunk * STRIDE;
            const Numbers numbers = decoded(load({planes, tile, (uint)row, (uint)input.chunks, (uint)(from + chunk)}));
            sums[0] += dot(numbers, x);
            if (columns > 1) { // the same for all threads
                sums[1] += dot(numbers, x + apart);
            }
            if (columns > 2) {
                sums[2] += dot(numbers, x + 2 * apart);
                sums[3] += dot(numbers, x + 3 * apart);
            }
            if (columns > 4) {
                sums[4] += dot(numbers, x + 4 * apart);
                sums[5] += dot(numbers, x + 5 * apart);
                sums[6] += dot(numbers, x + 6 * apart);
                sums[7] += dot(numbers, x + 7 * apart);
            }
        }
    }
}

// Adds the shares of all threads with a row. Afterwards thread (row, column) of the first rows * columns has the whole. `parts`
// has a place for each lane of each warp, for each column. All threads call it.
template <int MOST>
FUNCTION float whole(float *parts, const float (&sums)[MOST], int rows, int columns) {
    const int lane = threadIdx.x % WARP;
    const int warp = threadIdx.x / WARP;
    __syncthreads(); // nobody reads what is there any more
#pragma unroll
    for (int column = 0; column < MOST; column++) {
        if (column < columns) {
            float sum = sums[column];
            if (rows <= 16) {
                sum += __shfl_xor_sync(ALL_LANES, sum, 16);
            }
            if (rows <= 8) {
                sum += __shfl_xor_sync(ALL_LANES, sum, 8);
            }
            if (lane < rows) {
                parts[(column * WARPS + warp) * WARP + lane] = sum;
            }
        }
    }
    __syncthreads();
    float sum = 0.0f;
    if (threadIdx.x < rows * columns) {
        const float *own = parts + threadIdx.x / rows * THREADS + threadIdx.x % rows;
#pragma unroll
        for (int i = 0; i < WARPS; i++) {
            sum += own[i * WARP];
        }
    }
    return sum;
}
