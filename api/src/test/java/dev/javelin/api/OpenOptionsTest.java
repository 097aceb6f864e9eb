package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenOptionsTest {

    @Test
    void readsPositiveNumbers() {
        assertThat(OpenOptions.NONE.positive("threads", 7)).isEqualTo(7);
        assertThat(OpenOptions.of("threads", " 4 ").positive("threads", 7)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "", "four", "4.0", "2147483648"})
    void refusesWhatIsNotAPositiveNumber(String value) {
        OpenOptions options = OpenOptions.of("threads", value);
        Refusal.of(() -> options.positive("threads", 7), "positive whole number", "threads=" + value);
    }

    @Test
    void refusesNamesThatTheBackendDoesNotKnow() {
        OpenOptions options = new OpenOptions(Map.of("threads", "4", "thread", "4", "with", "2"));
        Refusal.of(
                () -> options.allow("cpu", Set.of("threads", "width")), "unknown=[thread, with]", "[threads, width]");
        assertThatCode(() -> OpenOptions.of("width", "1").allow("cpu", Set.of("width")))
                .doesNotThrowAnyException();
    }

    @Test
    void probesFindSomethingOrSayWhyNot() {
        DeviceInfo info = new DeviceInfo("toy:0", "toy", DeviceInfo.Kind.CPU, 10, 5, Set.of(), true);
        assertThat(new Probe.Found(List.of(info)).devices()).containsExactly(info);
        Refusal.of(() -> new Probe.Found(List.of()), "use Unavailable");
        Refusal.of(() -> new Probe.Unavailable("", "install it"), "say why not");
        Refusal.of(() -> new Probe.Unavailable("no driver", " "), "what to do", "no driver");
        Refusal.of(
                () -> new DeviceInfo("", "toy", DeviceInfo.Kind.CPU, 10, 5, Set.of(), true),
                "needs an id and a name",
                "name=toy");
    }
}
