// Operations of matrix units on BF16 with sums in F32, and copies in the background (sm_80).
#pragma once
#include "common.cuh"

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

// The same, each matrix turned on its diagonal.
FUNCTION void load_turned(uint (&to)[4], const uint4 *from) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
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
