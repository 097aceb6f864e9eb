package dev.javelin.cpu;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import dev.javelin.api.Probe;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options of this JVM, wherever they were given; nothing where it does not tell.
 *
 * @param value of an option by its name, or null
 */
record JvmOptions(Function<String, @Nullable String> value) {

    /** Of this JVM. */
    static JvmOptions ofThisJvm() {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return new JvmOptions(name -> bean == null ? null : value(bean, name));
    }

    private static @Nullable String value(HotSpotDiagnosticMXBean bean, String name) {
        try {
            VMOption option = bean.getVMOption(name);
            return option.getValue();
        } catch (IllegalArgumentException unknown) { // to another JVM, or unless unlocked
            return null;
        }
    }

    /** The processors that the user says there are, or 0. */
    int processors() {
        String count = value.apply("ActiveProcessorCount");
        return count == null ? 0 : Math.max(0, Integer.parseInt(count)); // -1 is nothing said
    }

    /**
     * Why vectors are not compiled to instructions, so that all of their operations are calls, or null if they are. The results
     * are right then, but come a hundred times later.
     *
     * @param flags what the processor can do, empty if unknown
     */
    Probe.@Nullable Unavailable slowness(Set<String> flags) {
        if (is("UseCompiler", "false")) {
            return slow("interprets all code", "-Xint and -XX:TieredStopAtLevel=0");
        }
        String level = value.apply("TieredStopAtLevel");
        if (level != null && List.of("0", "1", "2", "3").contains(level)) {
            return slow("does without its second compiler", "-XX:TieredStopAtLevel=" + level);
        }
        String mode = value.apply("CompilationMode");
        if (mode != null && mode.startsWith("quick-only")) {
            return slow("does without its second compiler", "-XX:CompilationMode=" + mode);
        }
        if (is("EnableVectorSupport", "false")) {
            return slow("does without vector instructions", "-XX:-EnableVectorSupport");
        }
        return is("UseFMA", "false") ? withoutFma(flags) : null;
    }

    private Probe.Unavailable withoutFma(Set<String> flags) {
        if (flags.contains("sse2") && !flags.contains("fma")) {
            return new Probe.Unavailable(
                    "this processor has no fused multiply-add, without which every step would be emulated",
                    "use another backend or another processor");
        }
        if (is("UseAVX", "0")) { // follows from an old UseSSE, and no fused multiply-add from it
            return slow("does without the wider vectors of the processor", "-XX:UseAVX and -XX:UseSSE");
        }
        return slow("does without fused multiply-add", "-XX:-UseFMA");
    }

    private boolean is(String name, String expected) {
        return expected.equals(value.apply(name));
    }

    private static Probe.Unavailable slow(String what, String flag) {
        return new Probe.Unavailable(
                "this JVM %s, so every vector operation would be emulated".formatted(what),
                "start java without %s, or with -D%s=true if slow is good enough"
                        .formatted(flag, CpuDevice.SLOW_PROPERTY));
    }
}
