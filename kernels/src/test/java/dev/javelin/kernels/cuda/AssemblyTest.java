package dev.javelin.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * NVIDIA's assembler takes every module that is shipped, and no kernel keeps registers in memory. On every push each module is
 * assembled for its own target; in the full run for all GPUs that take it.
 */
class AssemblyTest {
    private static final Map<String, List<String>> TAKEN_BY = Map.of(
            "sm_75", List.of("sm_75", "sm_80", "sm_86", "sm_89", "sm_90"),
            "sm_80", List.of("sm_80", "sm_86", "sm_89", "sm_90"),
            "sm_90", List.of("sm_90"),
            "sm_90a", List.of("sm_90a"));

    /** Of a block, unless it is asked for at the launch. */
    private static final int MOST_SHARED = 48 << 10;

    private static final int MOST_REGISTERS = 255;

    @BeforeAll
    static void theAssemblerIsForLinux() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "the assembler in JCuda is for Linux on x86-64");
    }

    private static Stream<String> architectures(Shipped module) {
        List<String> all = TAKEN_BY.getOrDefault(module.target(), List.of());
        return "full".equals(System.getProperty("javelin.kit")) ? all.stream() : all.stream().limit(1);
    }

    @Test
    void everyModuleAssemblesWithoutSpilling(TestReporter reporter) throws InterruptedException, ExecutionException {
        List<Future<List<String>>> faults = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Shipped module : Shipped.all()) {
                architectures(module).forEach(to -> faults.add(threads.submit(() -> faults(module, to, reporter))));
            }
        }
        assertThat(faults).isNotEmpty();
        for (Future<List<String>> found : faults) {
            assertThat(found.get()).isEmpty();
        }
    }

    private static List<String> faults(Shipped module, String architecture, TestReporter reporter) {
        List<Assembled> kernels = Assembled.of(module.text(), architecture);
        List<String> faults = new ArrayList<>();
        if (kernels.size() != module.ptx().entries().size()) {
            faults.add("%s for %s: kernels=%s".formatted(module, architecture, kernels));
        }
        for (Assembled kernel : kernels) {
            reporter.publishEntry(
                    "%s/%s on %s".formatted(module.module(), kernel.entry(), architecture),
                    "registers=%d, shared=%d".formatted(kernel.registers(), kernel.sharedBytes()));
            if (kernel.spilled() > 0
                    || kernel.stack() > 0
                    || kernel.registers() > MOST_REGISTERS
                    || kernel.sharedBytes() > MOST_SHARED) {
                faults.add("%s for %s: %s".formatted(module, architecture, kernel));
            }
        }
        return faults;
    }
}
