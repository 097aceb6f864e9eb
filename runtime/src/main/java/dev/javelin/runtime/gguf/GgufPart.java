package dev.javelin.runtime.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file of a model: its header, and all its bytes.
 *
 * @param path of the file, or null if it came in memory
 * @param stamp what the file was when it was opened, null as the path
 */
record GgufPart(String name, @Nullable Path path, @Nullable FileStamp stamp, GgufHeader header, MemorySegment bytes) {

    static GgufPart of(String name, MemorySegment bytes) {
        return new GgufPart(name, null, null, GgufHeader.read(HeaderBytes.of(name, bytes)), bytes.asReadOnly());
    }

    /** Reads the header, then maps the file for as long as the arena lives. */
    static GgufPart open(Path path, Arena arena) {
        String name = path.toString();
        if (!Files.exists(path)) {
            throw new GgufException("the file must exist: file=" + name);
        }
        if (!Files.isRegularFile(path)) {
            throw new GgufException("a model is a file, not " + (Files.isDirectory(path) ? "a directory" : "a device")
                    + ": file=" + name);
        }
        try (FileChannel channel = FileChannel.open(path)) {
            FileStamp stamp = FileStamp.of(path);
            GgufHeader header = GgufHeader.read(HeaderBytes.of(name, channel, stamp.bytes()));
            if (channel.size() != stamp.bytes()) {
                throw changed(name, stamp, "bytes=" + channel.size());
            }
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, stamp.bytes(), arena);
            return new GgufPart(name, path, stamp, header, bytes);
        } catch (AccessDeniedException e) {
            throw new GgufException("the file must be readable: file=" + name + "; its permissions forbid it", e);
        } catch (IOException e) {
            throw new GgufException("the file must be readable: file=" + name + ", " + e, e);
        }
    }

    /** Refuses what was read if the file is no longer what it was. */
    void requireUnchanged() {
        if (path == null || stamp == null) {
            return;
        }
        FileStamp now;
        try {
            now = FileStamp.of(path);
        } catch (IOException e) {
            throw changed(name, stamp, e.toString(), e);
        }
        if (now.bytes() != stamp.bytes()) {
            throw changed(name, stamp, "bytes=" + now.bytes());
        }
        if (!now.modified().equals(stamp.modified())) {
            throw changed(name, stamp, "modified=" + now.modified());
        }
        if (!Objects.equals(now.key(), stamp.key())) {
            throw changed(name, stamp, "it is another file of that name");
        }
    }

    private static GgufException changed(String name, FileStamp then, String now) {
        return changed(name, then, now, null);
    }

    private static GgufException changed(String name, FileStamp then, String now, @Nullable Throwable cause) {
        String message = "the file must not change while it is open: bytes=" + then.bytes() + ", modified="
                + then.modified() + ", now " + now + ", file=" + name
                + "; open it again when nothing writes to it any more";
        return new GgufException(message, cause);
    }
}
