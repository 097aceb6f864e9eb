// The format that the text formats/FORMAT.cuh describes, and what is known of every format.
#pragma once
#include "weights.cuh"

#define QUOTED(path) #path
#define TEXT_OF(format) QUOTED(formats/format.cuh)
#include TEXT_OF(FORMAT)

#if !defined(PLAIN) && !defined(FLOATS)
#define WHOLE
#if BITS < 8
#define MANTISSA
#endif
#endif

// One weight after the other, rounded as the codec of the format does it.
FUNCTION void exact(const Raw &raw, int part, float *w) {
#ifdef WHOLE
    subtracted(bytes(raw, part), ZERO, w);
#else
    floats(raw, part, w);
#endif
#ifndef PLAIN
#pragma unroll
    for (int i = 0; i < 8; i++) {
        w[i] = scale(raw, part / 2) * w[i];
#ifdef OFFSETS
        w[i] += offset(raw, part / 2);
#endif
    }
#endif
}
