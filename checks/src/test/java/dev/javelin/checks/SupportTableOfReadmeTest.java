package dev.javelin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.Probe;
import dev.javelin.conformance.SupportTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The README says what the devices of this machine can do, as the conformance kit finds it. */
final class SupportTableOfReadmeTest {
    private static final Path README =
            Path.of(System.getProperty("javelin.root"), "README.md").normalize();

    /** No column until the kit has passed on a real device: until then it is the README's text that tells. */
    private static final Set<String> UNSEEN = Set.of("cuda");

    @Test
    void isUpToDate() throws Exception {
        List<Device> devices = new ArrayList<>();
        try {
            for (Backend backend : ServiceLoader.load(Backend.class)) {
                if (UNSEEN.contains(backend.id())) {
                    continue;
                }
                switch (backend.probe()) {
                    case Probe.Found found ->
                        devices.add(backend.open(found.devices().getFirst()));
                    case Probe.Unavailable(String reason, String remedy) ->
                        Assumptions.abort(
                                "the table has a column for %s: %s; %s".formatted(backend.id(), reason, remedy));
                }
            }
            assertThat(devices).as("the CPU, OpenCL and the reference").hasSizeGreaterThanOrEqualTo(3);
            String readme = Files.readString(README);
            assertThat(readme)
                    .as("README.md must hold the table that SupportTable --write README.md makes")
                    .isEqualTo(SupportTable.replaced(readme, SupportTable.markdown(devices)));
        } finally {
            devices.forEach(Device::close);
        }
    }
}
