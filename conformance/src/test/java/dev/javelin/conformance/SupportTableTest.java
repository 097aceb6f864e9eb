package dev.javelin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.javelin.api.Device;
import dev.javelin.api.Probe;
import dev.javelin.kernels.reference.ReferenceBackend;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupportTableTest {

    @Test
    void theReferenceCanDoEverything() {
        ReferenceBackend backend = new ReferenceBackend();
        try (Device device =
                backend.open(((Probe.Found) backend.probe()).devices().getFirst())) {
            String table = SupportTable.markdown(List.of(device));
            assertThat(table.lines().filter(line -> line.endsWith("| no |"))).isEmpty();
            assertThat(table)
                    .contains("| operation | reference |\n|---|---|\n", "| Rope | yes |\n", "| Q4_K | yes |\n");
        }
    }

    @Test
    void theTableGoesBetweenItsMarkers() {
        String text = "before\n" + SupportTable.BEGIN + "\nold\n" + SupportTable.END + "\nafter\n";
        String replaced = SupportTable.replaced(text, "| new |\n");
        assertThat(replaced)
                .isEqualTo("before\n" + SupportTable.BEGIN + "\n\n| new |\n\n" + SupportTable.END + "\nafter\n");
        assertThat(SupportTable.replaced(replaced, "| new |\n")).isEqualTo(replaced);
        assertThatIllegalArgumentException().isThrownBy(() -> SupportTable.replaced("no markers", ""));
    }
}
