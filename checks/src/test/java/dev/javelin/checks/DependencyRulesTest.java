package dev.javelin.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Who may use whom, and what none of our libraries does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DependencyRulesTest {

    /** What some packages of ours may use besides themselves and the platform. */
    private record Layer(String packages, List<String> uses) {

        static Layer of(String packages, String... uses) {
            return new Layer(packages, List.of(uses));
        }

        String[] seen() {
            return Stream.concat(Stream.of(packages, "java..", "org.jspecify.annotations"), uses.stream())
                    .toArray(String[]::new);
        }
    }

    private static final List<Layer> LAYERS = List.of(
            Layer.of("dev.javelin.api"),
            Layer.of("dev.javelin.kernels..", "dev.javelin.api", "com.sun.management"),
            Layer.of(
                    "dev.javelin.conformance",
                    "dev.javelin.api",
                    "dev.javelin.kernels..",
                    "org.junit.jupiter..",
                    "org.opentest4j",
                    "org.assertj.core.."),
            Layer.of(
                    "dev.javelin.cpu",
                    "dev.javelin.api",
                    "dev.javelin.kernels..",
                    "jdk.incubator.vector",
                    "com.sun.management"), // the flags of the JVM, some of which make vectors crawl
            Layer.of("dev.javelin.cuda", "dev.javelin.api", "dev.javelin.kernels..", "dev.javelin.cuda.driver"),
            Layer.of("dev.javelin.cuda.driver"),
            Layer.of("dev.javelin.cuda.jcuda", "dev.javelin.cuda.driver", "jcuda.."),
            Layer.of("dev.javelin.opencl", "dev.javelin.api", "dev.javelin.kernels..", "org.jocl", "org.lwjgl.."),
            Layer.of("dev.javelin.runtime..", "dev.javelin.api"),
            Layer.of("dev.javelin.quantise", "dev.javelin.api", "dev.javelin.kernels..", "dev.javelin.runtime.."),
            Layer.of("dev.javelin.synth", "dev.javelin.api", "dev.javelin.kernels..", "dev.javelin.runtime.."),
            Layer.of("dev.javelin.tiny", "dev.javelin.api", "dev.javelin.runtime.."),
            Layer.of(
                    "dev.javelin.cli",
                    "dev.javelin.api",
                    "dev.javelin.runtime..",
                    "dev.javelin.synth",
                    "dev.javelin.tiny",
                    "picocli",
                    "org.jline..",
                    "com.fasterxml.jackson.core.."),
            Layer.of("dev.javelin.checks", "dev.javelin.api", "dev.javelin.runtime..", "dev.javelin.tiny"));

    private final JavaClasses ours = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.javelin");

    @TestFactory
    Stream<DynamicTest> layersUseOnlyWhatTheyMay() {
        return LAYERS.stream()
                .map(layer -> dynamicTest(
                        layer.packages(),
                        () -> classes()
                                .that()
                                .resideInAPackage(layer.packages())
                                .should()
                                .onlyDependOnClassesThat(resideInAnyPackage(layer.seen()))
                                .check(ours)));
    }

    @Test
    void everyClassBelongsToALayer() {
        classes()
                .should()
                .resideInAnyPackage(LAYERS.stream().map(Layer::packages).toArray(String[]::new))
                .check(ours);
    }

    @Test
    void theReferenceBackendIsUsedByTheKitOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.javelin.kernels.reference", "dev.javelin.conformance")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.javelin.kernels.reference"))
                .check(ours);
    }

    @Test
    void eachLibraryOfOpenClIsSeenByItsBindingOnly() {
        for (String library : List.of("Jocl", "Lwjgl")) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.javelin..")
                    .and()
                    .haveNameNotMatching("dev\\.javelin\\.opencl\\." + library + "Binding.*")
                    .should()
                    .dependOnClassesThat(resideInAPackage("org." + library.toLowerCase(Locale.ROOT) + ".."))
                    .check(ours);
        }
    }

    /** It has a class loader of its own, so whoever else saw it would load it twice. */
    @Test
    void jcudaIsSeenByItsBindingOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.javelin..")
                .and()
                .resideOutsideOfPackage("dev.javelin.cuda.jcuda")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.javelin.cuda.jcuda", "jcuda.."))
                .check(ours);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.javelin.(**)").should().beFreeOfCycles().check(ours);
    }

    @Test
    void onlyProgramsPrint() {
        noClasses().that(areNoPrograms()).should(ACCESS_STANDARD_STREAMS).check(ours);
    }

    @Test
    void logsGoToSystemLogger() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(ours);
    }

    @Test
    void staticFieldsAreFinal() {
        noFields().that(modifier(JavaModifier.STATIC)).should().notBeFinal().check(ours);
    }

    @Test
    void packagesAreNullMarked() {
        assertThat(ours.getPackage("dev.javelin").getSubpackagesInTree())
                .filteredOn(ourPackage -> !ourPackage.getClasses().isEmpty())
                .isNotEmpty()
                .allSatisfy(ourPackage -> assertThat(isNullMarked(ourPackage))
                        .as("%s has @NullMarked", ourPackage.getName())
                        .isTrue());
    }

    private static boolean isNullMarked(JavaPackage ourPackage) {
        return ourPackage.isAnnotatedWith(NullMarked.class);
    }

    /** A program is the command line, or a class with a main method outside of what others link with. */
    private static DescribedPredicate<JavaClass> areNoPrograms() {
        return new DescribedPredicate<>("are neither the command line nor programs of the kit or the checks") {
            @Override
            public boolean test(JavaClass type) {
                boolean hasMain = type.tryGetMethod("main", String[].class).isPresent();
                boolean isProgram = hasMain
                        && resideInAnyPackage("dev.javelin.conformance", "dev.javelin.checks")
                                .test(type);
                return !isProgram && !resideInAPackage("dev.javelin.cli").test(type);
            }
        };
    }
}
