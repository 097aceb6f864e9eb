package dev.javelin.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.javelin.api.DeviceInfo;
import dev.javelin.runtime.Chat;
import dev.javelin.runtime.Devices;
import dev.javelin.runtime.Generation;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.Model;
import dev.javelin.runtime.StopReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The answers that another implementation gives, on every device that the service loader finds: a backend is tried by adding it
 * to the class path. All of them, but on the scalar reference, which takes some 40 milliseconds for a token, a few short ones.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenTextsTest {
    private static final int STRIDE_ON_THE_REFERENCE = 9;
    private static final int LONGEST_ON_THE_REFERENCE = 60;

    private final Golden golden = Golden.read();
    private final Map<String, Integer> right = new LinkedHashMap<>();
    private final List<Model> open = new ArrayList<>();

    @TestFactory
    Stream<DynamicNode> everyDeviceAnswersAlike() {
        Devices all = Devices.find();
        List<DeviceInfo> devices = all.found().stream().map(Devices.Found::info).toList();
        assertThat(devices).extracting(DeviceInfo::id).contains("cpu:0", "reference:0");
        return Stream.concat(
                all.missing().stream().map(GoldenTextsTest::skipped),
                devices.stream().map(device -> dynamicContainer(device.id(), answers(device))));
    }

    private static DynamicNode skipped(Devices.Missing missing) {
        return dynamicTest(missing.backend(), () -> Assumptions.abort(missing.reason() + "; " + missing.remedy()));
    }

    private Stream<DynamicTest> answers(DeviceInfo device) {
        boolean slow = device.kind() == DeviceInfo.Kind.REFERENCE;
        Model model = TinyModel.builder().device(device.id()).load();
        open.add(model);
        return IntStream.range(0, golden.cases().size())
                .filter(i -> !slow || i % STRIDE_ON_THE_REFERENCE == 0)
                .mapToObj(golden.cases()::get)
                .filter(expected -> !slow || expected.tokens() <= LONGEST_ON_THE_REFERENCE)
                .map(expected -> dynamicTest(expected.toString(), () -> check(model, expected)));
    }

    private void check(Model model, Golden.Case expected) {
        try (Chat chat = expected.in(model.chat(GenerationOptions.GREEDY))) {
            Generation answer = chat.answer();
            assertThat(answer.text()).isEqualTo(expected.text());
            assertThat(answer.tokens()).isEqualTo(expected.greedy());
            assertThat(answer.usage().prompt()).isEqualTo(expected.prompt().size());
            assertThat(answer.stopReason()).isEqualTo(StopReason.END);
        }
        right.merge(model.device().id(), 1, Integer::sum);
    }

    @AfterAll
    void close() {
        right.forEach((device, count) -> System.out.println(
                "golden texts on " + device + " " + count + "/" + golden.cases().size()));
        open.forEach(Model::close);
    }
}
