package dev.javelin.kernels.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.kernels.gpu.KernelId;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels keep to OpenCL C 1.2, and the lint that says so finds what does not. */
class KernelLintTest {

    /** The largest that anything is built with. */
    private static final Map<String, String> DEFINES = Map.of(
            "LOCAL", "256", "ROWS", "32", "SPLITS", "8", "HEAD", "2048", "QUERIES", "8", "SIDE", "16", "EDGE", "64",
            "STRIDE", "68");

    static Stream<String> files() {
        return Sources.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void theKernelsKeepToTheLanguage(String file) {
        assertThat(KernelLint.faults(Sources.text(new KernelId(file, file)), DEFINES))
                .isEmpty();
    }

    @Test
    void everyFileHasKernels() {
        assertThat(files().map(file -> new KernelText(Sources.text(new KernelId(file, file)), DEFINES)))
                .allMatch(text -> text.functions().stream().anyMatch(KernelText.Function::kernel))
                .hasSizeGreaterThan(90);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel void k(global float *x) { double y = x[0]; }",
                "kernel void k(global float *x) { x[0] = 0.5; }",
                "kernel void k(global float *x) { x[0] = 1e-3; }",
                "kernel void k(global half *x) { half y = x[0]; }",
                "kernel void k(global float *x) { half4 y; }",
                "kernel void k(float *x) { x[0] = 1; }",
                "static float f(const float *x) { return x[0]; }",
                "typedef struct { int a; } Pair;\nstatic int f(const Pair *x) { return x->a; }",
                "kernel void k(global float *x) { generic global float *y = x; }",
                "kernel void k(global float *x) { x[0] = sub_group_reduce_add(x[1]); }",
                "kernel void k(global int *x) { x[0] = dot_4x8packed_ss_int(x[1], x[2]); }",
                "kernel void k(global float *x) { x[0] = work_group_reduce_add(x[1]); }",
                "#pragma OPENCL EXTENSION cl_khr_fp16 : enable\nkernel void k(global float *x) { x[0] = 1; }",
                "kernel void k(global float *x) { local float y[8193]; y[0] = 1; }",
                "kernel void k(global float *x) { local float4 y[LOCAL * 16]; local char z[1]; z[0] = 1; }",
                "kernel __attribute__((reqd_work_group_size(LOCAL, 2, 1))) void k(global float *x) { x[0] = 1; }",
                "kernel void k(global float *x, size_t n) { x[n] = 1; }",
                "kernel void k(global float *x) { if (get_local_id(0) < 3) { barrier(1); } }",
                "kernel void k(global float *x) { if (get_local_id(0) < 3) barrier(1); }",
                "kernel void k(global float *x) { int i = get_local_id(0); int j = i + 1; if (j > 3) { barrier(1); } }",
                "kernel void k(global float *x, int n) { if (get_local_id(0) < n) { x[0] = 1; } else { barrier(1); } }",
                "kernel void k(global float *x, int n) { for (int i = get_local_id(0); i < n; i++) { barrier(1); } }",
                "static void f(int n) { barrier(1); }\nkernel void k(int n) { if (get_global_id(0) < n) { f(n); } }",
                "kernel void k(global float *x, int n) { if (n > 3) { return; } barrier(1); }",
                "kernel void k(global float *x) { printf(\"x\"); }",
                "inline float f(float x) { return x; }",
            })
    void plantedFaultsAreFound(String text) {
        assertThat(KernelLint.faults(text, DEFINES)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// half a double, goto 1.5\nkernel void k(global float *x) { x[0] = 0x1p-3f * 1.5f; }",
                "kernel void k(global float *x, int n) { if (n > 3) { barrier(1); } }",
                "kernel void k(global float *x, int n) { for (int i = 0; i < n; i++) { barrier(1); } }",
                "kernel void k(global half *x) { vstore_half_rte(1.0f, 0, x); }",
                "#ifdef HALF_ARITHMETIC\nkernel void k(global half *x) { half y = x[0]; }\n#endif\n",
                "static float f(const private float *x, local int *y) { return x[y[0]]; }",
            })
    void whatIsAllowedIsNotAFault(String text) {
        assertThat(KernelLint.faults(text, DEFINES)).isEmpty();
    }
}
