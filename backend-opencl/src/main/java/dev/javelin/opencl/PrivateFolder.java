package dev.javelin.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder to which only the user may write, kept below a size. Systems without such permissions keep folders of users apart. */
final class PrivateFolder {
    /** How files end that are being written. */
    static final String UNFINISHED = ".tmp";

    private static final Duration LONGEST_WRITE = Duration.ofHours(1);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FOREIGN_WRITES =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private PrivateFolder() {}

    /** Makes the folder if need be; whether it is there and private. */
    static boolean make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (hasPermissions(folder)) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.createDirectories(folder);
            }
        }
        return isPrivate(folder);
    }

    private static boolean hasPermissions(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Whether it is there and nobody else may write to it; takes that leave from others if it can. */
    static boolean isPrivate(Path folder) {
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view == null) {
            return Files.isDirectory(folder);
        }
        try {
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            if (permissions.stream().anyMatch(FOREIGN_WRITES::contains)) {
                view.setPermissions(OWNER_ONLY); // only the owner can
                prune(folder, 0); // nobody knows who put there what there is
            }
            return Files.isDirectory(folder);
        } catch (IOException notOurs) {
            return false;
        }
    }

    /** A file as it was seen. */
    private record Seen(Path path, long bytes, Instant used) {}

    /** Deletes what was not used for longest until there are no more bytes than that, and what was never finished. */
    static void prune(Path folder, long mostBytes) throws IOException {
        List<Seen> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                look(path, files);
            }
        }
        long bytes = files.stream().mapToLong(Seen::bytes).sum();
        files.sort(Comparator.comparing(Seen::used).reversed());
        Instant abandoned = Instant.now().minus(LONGEST_WRITE);
        for (Seen file : files.reversed()) {
            boolean unfinished = file.path().toString().endsWith(UNFINISHED);
            if (unfinished ? file.used().isBefore(abandoned) : bytes > mostBytes) {
                Files.deleteIfExists(file.path());
                bytes -= file.bytes();
            }
        }
    }

    private static void look(Path path, List<Seen> files) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                files.add(new Seen(
                        path, attributes.size(), attributes.lastModifiedTime().toInstant()));
            }
        } catch (NoSuchFileException gone) {
            // another process prunes too
        }
    }
}
