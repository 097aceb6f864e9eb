package dev.javelin.opencl;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Built programs in a folder of the user, which may be deleted at any time. A file is named after all that its program depends
 * on, and begins with a digest of the rest. What cannot be read, is not whole or cannot be written is not there: then programs are
 * built anew. Usable from any thread and any number of processes.
 *
 * @param folder null for none
 */
record ProgramCache(@Nullable Path folder) {
    /** Keeps nothing. */
    static final ProgramCache NONE = new ProgramCache(null);

    private static final int DIGEST_BYTES = 32;
    private static final byte[] NOTHING = new byte[0];

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

    /** What stands for all that a built program depends on. */
    static String key(String driver, String options, String text) {
        MessageDigest digest = sha256();
        for (String part : new String[] {driver, options, text}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The program of that key, or no bytes. */
    byte[] load(String key) {
        if (folder == null) {
            return NOTHING;
        }
        try {
            byte[] file = Files.readAllBytes(file(folder, key));
            if (file.length <= DIGEST_BYTES) {
                return NOTHING;
            }
            byte[] program = Arrays.copyOfRange(file, DIGEST_BYTES, file.length);
            byte[] digest = Arrays.copyOf(file, DIGEST_BYTES);
            return MessageDigest.isEqual(digest, sha256().digest(program)) ? program : NOTHING;
        } catch (IOException notThere) {
            return NOTHING;
        }
    }

    /** Keeps a program, all of it or nothing. */
    void store(String key, byte[] program) {
        if (folder == null || program.length == 0) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path file = Files.createTempFile(folder, "new", ".tmp");
            try {
                try (var out = Files.newOutputStream(file)) {
                    out.write(sha256().digest(program));
                    out.write(program);
                }
                Files.move(file, file(folder, key), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException fullOrReadOnly) {
            // the next start builds it again
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
