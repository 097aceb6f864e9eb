package dev.javelin.checks;

import static java.lang.module.ModuleDescriptor.Requires.Modifier.STATIC;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the built modules ask of those who use them. */
final class ModuleDescriptorsTest {
    private final ModuleFinder lib = ModuleFinder.of(BuiltJars.lib());

    @Test
    void theApiNeedsNothingButTheBase() {
        assertThat(needed("dev.javelin.api")).containsExactly("java.base");
        assertThat(optional("dev.javelin.api")).containsExactly("org.jspecify");
    }

    @Test
    void theKernelsNeedNothingButTheApiAndTheSizeOfTheMemory() {
        assertThat(needed("dev.javelin.kernels"))
                .containsExactlyInAnyOrder("java.base", "jdk.management", "dev.javelin.api");
    }

    @Test
    void theCpuBackendAloneNeedsTheVectorModule() {
        assertThat(lib.findAll())
                .extracting(module -> module.descriptor().name())
                .filteredOn(name -> needed(name).contains("jdk.incubator.vector"))
                .containsExactly("dev.javelin.cpu");
    }

    /** JCuda and JOCL have no descriptor; a module that needs them can find them by their jars' names only. */
    @Test
    void noModuleIsAutomaticButOneOfOthers() {
        assertThat(lib.findAll())
                .filteredOn(module -> module.descriptor().isAutomatic())
                .extracting(module -> module.descriptor().name())
                .containsExactlyInAnyOrder("jcuda", "jocl");
    }

    @Test
    void theCudaBackendAloneNeedsJcuda() {
        assertThat(lib.findAll())
                .extracting(module -> module.descriptor().name())
                .filteredOn(name -> needed(name).contains("jcuda"))
                .containsExactly("dev.javelin.cuda");
        assertThat(descriptor("dev.javelin.cuda").exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactly("dev.javelin.cuda");
    }

    @Test
    void theOpenClBackendAloneNeedsJocl() {
        assertThat(lib.findAll())
                .extracting(module -> module.descriptor().name())
                .filteredOn(name -> needed(name).contains("jocl"))
                .containsExactly("dev.javelin.opencl");
        assertThat(optional("dev.javelin.opencl")).contains("org.lwjgl", "org.lwjgl.opencl");
    }

    private Set<String> needed(String module) {
        return descriptor(module).requires().stream()
                .filter(requires -> !requires.modifiers().contains(STATIC))
                .map(Requires::name)
                .collect(toSet());
    }

    private Set<String> optional(String module) {
        return descriptor(module).requires().stream()
                .filter(requires -> requires.modifiers().contains(STATIC))
                .map(Requires::name)
                .collect(toSet());
    }

    private ModuleDescriptor descriptor(String module) {
        return lib.find(module).orElseThrow().descriptor();
    }
}
