package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.runtime.GenerationOptions;
import org.junit.jupiter.api.Test;

class ChatSettingsTest {
    private final ChatSettings settings = new ChatSettings(GenerationOptions.DEFAULTS, ThinkMode.SHOW, null, false);

    @Test
    void everySettingCanBeChanged() {
        ChatSettings changed = settings.with("temp", "0.5")
                .with("top-k", "7")
                .with("top-p", "0.5")
                .with("min-p", "0.1")
                .with("repeat-penalty", "1.1")
                .with("seed", "42")
                .with("max-tokens", "9")
                .with("stop", "END")
                .with("system", "Be brief.")
                .with("think", "hide")
                .with("verbose", "on");
        assertThat(changed.options().sampling().temperature()).isEqualTo(0.5);
        assertThat(changed.options().sampling().topK()).isEqualTo(7);
        assertThat(changed.options().sampling().seed()).hasValue(42);
        assertThat(changed.options().maxTokens()).isEqualTo(9);
        assertThat(changed.system()).isEqualTo("Be brief.");
        assertThat(changed.think()).isEqualTo(ThinkMode.HIDE);
        assertThat(changed.verbose()).isTrue();
        assertThat(changed.with("system", "").system()).isNull();
    }

    @Test
    void wrongOnesAreRefused() {
        assertThatThrownBy(() -> settings.with("temp", "hot")).hasMessageContaining("must be a number: temp=hot");
        assertThatThrownBy(() -> settings.with("temp", "-1")).hasMessageContaining("temperature");
        assertThatThrownBy(() -> settings.with("verbose", "maybe")).hasMessageContaining("verbose=maybe");
        assertThatThrownBy(() -> settings.with("think", "hard")).hasMessageContaining("think=hard");
        assertThatThrownBy(() -> settings.with("colour", "red"))
                .hasMessageContaining("no such setting")
                .hasMessageContaining("top-k");
    }
}
