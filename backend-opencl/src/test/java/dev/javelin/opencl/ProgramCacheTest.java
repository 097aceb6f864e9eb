package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {
    private static final byte[] PROGRAM = {1, 2, 3};

    @TempDir
    Path folder;

    @Test
    void whatWasKeptComesBack() {
        ProgramCache cache = new ProgramCache(folder.resolve("a/b"));
        assertThat(cache.load("key")).isEmpty();
        cache.store("key", PROGRAM);
        assertThat(cache.load("key")).isEqualTo(PROGRAM);
        assertThat(cache.load("other")).isEmpty();
        cache.store("key", new byte[] {9});
        assertThat(cache.load("key")).isEqualTo(new byte[] {9});
        assertThat(folder.resolve("a/b"))
                .isDirectoryContaining("glob:**/key.bin")
                .isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void whereNothingCanBeWrittenNothingIsKept() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        for (ProgramCache cache : new ProgramCache[] {new ProgramCache(file), ProgramCache.NONE}) {
            cache.store("key", PROGRAM);
            assertThat(cache.load("key")).isEmpty();
        }
    }

    private static void age(Path file, int days) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    @Test
    void whatWasNotUsedForLongestGoes() throws Exception {
        Path made = folder.resolve("made");
        ProgramCache cache = new ProgramCache(made, 100);
        cache.store("a", PROGRAM); // 35 bytes each
        cache.store("b", PROGRAM);
        age(made.resolve("a.bin"), 3);
        age(made.resolve("b.bin"), 2);
        Path abandoned = Files.createFile(made.resolve("new1.tmp"));
        Path beingWritten = Files.createFile(made.resolve("new2.tmp"));
        age(abandoned, 1);
        assertThat(cache.load("a")).isEqualTo(PROGRAM); // used
        cache.store("c", PROGRAM);
        assertThat(cache.load("b")).isEmpty();
        assertThat(cache.load("a")).isEqualTo(PROGRAM);
        assertThat(cache.load("c")).isEqualTo(PROGRAM);
        assertThat(abandoned).doesNotExist();
        assertThat(beingWritten).exists();
    }

    @Test
    void theFolderIsPrivate() throws Exception {
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path made = folder.resolve("x/made");
        ProgramCache cache = new ProgramCache(made);
        cache.store("key", PROGRAM);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(cache.load("key")).as("anybody may have put it there").isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        cache.store("key", PROGRAM);
        assertThat(cache.load("key")).isEqualTo(PROGRAM);
    }

    @Test
    void everythingThatAProgramDependsOnIsInItsKey() {
        assertThat(ProgramCache.key("driver", "options", "text"))
                .isEqualTo(ProgramCache.key("driver", "options", "text"))
                .isNotEqualTo(ProgramCache.key("driver2", "options", "text"))
                .isNotEqualTo(ProgramCache.key("driver", "options2", "text"))
                .isNotEqualTo(ProgramCache.key("driver", "options", "text2"))
                .isNotEqualTo(ProgramCache.key("drivero", "ptions", "text"));
    }

    @Test
    void theFolderIsTheUsersOwn() {
        Map<String, String> environment = new HashMap<>();
        assertThat(ProgramCache.ofUser(environment, null)).isEqualTo(ProgramCache.NONE);
        assertThat(ProgramCache.ofUser(environment, "home").folder()).isEqualTo(Path.of("home/.cache/javelin/opencl"));
        environment.put("XDG_CACHE_HOME", "xdg");
        environment.put("LOCALAPPDATA", "xdg");
        assertThat(ProgramCache.ofUser(environment, "home").folder()).isEqualTo(Path.of("xdg/javelin/opencl"));
        environment.put("JAVELIN_CACHE", "own");
        assertThat(ProgramCache.ofUser(environment, "home").folder()).isEqualTo(Path.of("own/opencl"));
    }
}
