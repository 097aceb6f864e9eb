package dev.javelin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What users import to get versions that go together: all that we publish, and nothing else. */
final class BomTest {
    private static final Path ROOT = Path.of(System.getProperty("javelin.root")).normalize();
    private static final String MANAGED = "/project/dependencyManagement/dependencies/dependency/";
    private static final Pattern XML = Pattern.compile("```xml\\n(.*?)```", Pattern.DOTALL);

    private final Pom root = Pom.of(ROOT.resolve("pom.xml"));
    private final Pom bom = Pom.of(ROOT.resolve("bom/pom.xml"));

    BomTest() throws IOException {}

    @Test
    void listsEveryPublishedModuleAndNothingElse() {
        List<String> published = root.texts("/project/modules/module").stream()
                .filter(module -> !module.equals("bom"))
                .map(BomTest::pom)
                .filter(pom ->
                        !pom.texts("/project/properties/maven.deploy.skip").contains("true"))
                .flatMap(pom -> pom.texts("/project/artifactId").stream())
                .toList();
        assertThat(published).contains("javelin-api", "javelin-runtime").doesNotContain("javelin-checks");
        assertThat(bom.texts(MANAGED + "artifactId")).containsExactlyInAnyOrderElementsOf(published);
        assertThat(bom.texts(MANAGED + "groupId")).hasSameSizeAs(published).containsOnly("dev.javelin");
        assertThat(bom.texts(MANAGED + "version")).hasSameSizeAs(published).containsOnly("${project.version}");
    }

    @Test
    void hasTheVersionOfTheOthersAndBringsNothingOfTheirs() {
        assertThat(bom.texts("/project/version")).isEqualTo(root.texts("/project/version"));
        assertThat(bom.texts("/project/groupId")).isEqualTo(root.texts("/project/groupId"));
        assertThat(bom.texts("/project/parent"))
                .as("versions of what our tests need are nobody else's business")
                .isEmpty();
    }

    @Test
    void theReadmeNamesWhatThereIs() throws IOException {
        Matcher xml = XML.matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(xml.find()).as("a snippet for users").isTrue();
        Pom snippet = Pom.of("<project>" + xml.group(1) + "</project>");
        assertThat(snippet.texts(MANAGED + "artifactId")).containsExactly("javelin-bom");
        assertThat(snippet.texts(MANAGED + "version")).isEqualTo(root.texts("/project/version"));
        assertThat(snippet.texts("/project/dependencies/dependency/artifactId"))
                .isNotEmpty()
                .isSubsetOf(bom.texts(MANAGED + "artifactId"));
        assertThat(snippet.texts("/project/dependencies/dependency/version")).isEmpty();
    }

    private static Pom pom(String module) {
        try {
            return Pom.of(ROOT.resolve(module).resolve("pom.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
