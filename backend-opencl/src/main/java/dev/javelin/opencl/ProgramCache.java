package dev.javelin.opencl;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Built programs, and other bytes that depend on a device, in a folder of the user, which may be deleted at any time. A file is
 * named after all that its content depends on, and begins with a digest of the rest. What cannot be read, is not whole or cannot be
 * written is not there: then it is made anew. A folder to which others may write is not used, since the device runs what lies there.
 * Usable from any thread and any number of processes.
 *
 * @param folder null for none
 * @param mostBytes what was not used for longest goes when there are more
 */
record ProgramCache(@Nullable Path folder, long mostBytes) {
    /** Some thousand programs. */
    private static final long MOST_BYTES = 128 << 20;

    /** Keeps nothing. */
    static final ProgramCache NONE = new ProgramCache(null);

    private static final int DIGEST_BYTES = 32;
    private static final byte[] NOTHING = new byte[0];

    ProgramCache(@Nullable Path folder) {
        this(folder, MOST_BYTES);
    }

    /** The folder that the environment names: {@code JAVELIN_CACHE}, or where the system keeps such things. */
    static ProgramCache ofUser(Map<String, String> environment, @Nullable String home) {
        String own = environment.get("JAVELIN_CACHE");
        if (isSet(own)) {
            return new ProgramCache(Path.of(own, "opencl"));
        }
        String shared = environment.get(File.separatorChar == '\\' ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        if (isSet(shared)) {
            return new ProgramCache(Path.of(shared, "javelin", "opencl"));
        }
        return new ProgramCache(isSet(home) ? Path.of(home, ".cache", "javelin", "opencl") : null);
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    /** Whether there is a point in storing anything. */
    boolean keeps() {
        return folder != null;
    }

    /** What stands for all that something kept depends on, such as a driver, options and a text. */
    static String key(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What is kept under that key, or no bytes. */
    byte[] load(String key) {
        if (folder == null || !PrivateFolder.isPrivate(folder)) {
            return NOTHING;
        }
        try {
            Path from = file(folder, key);
            byte[] file = Files.readAllBytes(from);
            if (file.length <= DIGEST_BYTES) {
                return NOTHING;
            }
            byte[] content = Arrays.copyOfRange(file, DIGEST_BYTES, file.length);
            byte[] digest = Arrays.copyOf(file, DIGEST_BYTES);
            if (!MessageDigest.isEqual(digest, sha256().digest(content))) {
                return NOTHING;
            }
            markUsed(from);
            return content;
        } catch (IOException notThere) {
            return NOTHING;
        }
    }

    private static void markUsed(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException readOnly) {
            // then it may go earlier than others
        }
    }

    /** Keeps something, all of it or nothing. */
    void store(String key, byte[] content) {
        if (folder == null || content.length == 0) {
            return;
        }
        try {
            if (!PrivateFolder.make(folder)) {
                return;
            }
            Path file = Files.createTempFile(folder, "new", PrivateFolder.UNFINISHED);
            try {
                try (var out = Files.newOutputStream(file)) {
                    out.write(sha256().digest(content));
                    out.write(content);
                }
                Files.move(file, file(folder, key), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(file);
            }
            PrivateFolder.prune(folder, mostBytes);
        } catch (IOException fullOrReadOnly) {
            // the next start makes it again
        }
    }

    private static Path file(Path folder, String key) {
        return folder.resolve(key + ".bin");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
