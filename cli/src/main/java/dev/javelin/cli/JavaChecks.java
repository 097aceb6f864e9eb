package dev.javelin.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at the JVM that runs this, and at what it was told. */
final class JavaChecks {
    private static final int FEATURE = 25;
    private static final String VECTORS = "jdk.incubator.vector";
    private static final List<String> VARIABLES =
            List.of("JAVELIN_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private JavaChecks() {}

    static List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        String java = "%s, %s, in %s"
                .formatted(
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vendor"),
                        System.getProperty("java.home"));
        findings.add(
                Runtime.version().feature() >= FEATURE
                        ? Finding.ok("java", java)
                        : Finding.bad("java", java + "; install a JDK " + FEATURE));
        String vm = System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.info");
        findings.add(
                vm.contains("interpreted") || vm.contains("emulated-client")
                        ? Finding.bad(
                                "vm", vm + ": it does not compile; start java without -Xint and -XX:TieredStopAtLevel")
                        : Finding.ok("vm", vm));
        findings.add(
                ModuleLayer.boot().findModule(VECTORS).isPresent()
                        ? Finding.ok("vectors", "the module " + VECTORS + " is there")
                        : Finding.bad(
                                "vectors", "the CPU backend needs a flag: start java with --add-modules " + VECTORS));
        findings.add(
                JavaChecks.class.getModule().isNativeAccessEnabled()
                        ? Finding.ok("native", "access to native libraries is allowed")
                        : Finding.note(
                                "native",
                                "the JVM warns of native libraries: start java with"
                                        + " --enable-native-access=ALL-UNNAMED"));
        for (String variable : VARIABLES) {
            String value = System.getenv(variable);
            if (value != null) {
                findings.add(Finding.note("options", variable + "=" + value));
            }
        }
        findings.add(Finding.ok(
                "heap",
                String.format(
                        Locale.ROOT,
                        "%s at most; weights lie outside of it",
                        Sizes.text(Runtime.getRuntime().maxMemory()))));
        return findings;
    }
}
