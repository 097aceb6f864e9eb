package dev.javelin.runtime.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a file, as much of it as its header takes. It is read and not mapped, because a header in memory of its
 * own stays what it was when it was checked, whatever happens to the file. The memory is outside of the heap and goes when
 * nothing refers to it any more.
 */
final class HeaderBytes {

    /** The header of a file with a vocabulary of 256,000 tokens has 10 MB. */
    static final long LONGEST = 256L << 20;

    private static final long FIRST_READ = 64L << 10;

    private final String file;
    private final @Nullable FileChannel channel;
    private final long fileBytes;
    private MemorySegment bytes;

    private HeaderBytes(String file, @Nullable FileChannel channel, long fileBytes, MemorySegment bytes) {
        this.file = file;
        this.channel = channel;
        this.fileBytes = fileBytes;
        this.bytes = bytes;
    }

    /** A file that is in memory already. */
    static HeaderBytes of(String file, MemorySegment bytes) {
        return new HeaderBytes(file, null, bytes.byteSize(), bytes.asReadOnly());
    }

    /** A file to be read through a channel, which stays open until the header is read. */
    static HeaderBytes of(String file, FileChannel channel, long fileBytes) {
        return new HeaderBytes(file, channel, fileBytes, MemorySegment.NULL);
    }

    String file() {
        return file;
    }

    long fileBytes() {
        return fileBytes;
    }

    /** Where the header must end at the latest. */
    long limit() {
        return Math.min(fileBytes, LONGEST);
    }

    /** The bytes from the beginning of the file to {@code end} at least, which is no more than {@link #limit()}. */
    MemorySegment upTo(long end) {
        if (end > bytes.byteSize() && channel != null) {
            bytes = grow(channel, Math.min(limit(), Math.max(end, Math.max(FIRST_READ, 2 * bytes.byteSize()))));
        }
        return bytes;
    }

    private MemorySegment grow(FileChannel from, long size) {
        MemorySegment grown = Arena.ofAuto().allocate(size, Long.BYTES);
        MemorySegment.copy(bytes, 0, grown, 0, bytes.byteSize());
        ByteBuffer rest = grown.asSlice(bytes.byteSize()).asByteBuffer();
        long at = bytes.byteSize();
        try {
            while (rest.hasRemaining()) {
                int count = from.read(rest, at);
                if (count < 0) {
                    throw GgufException.of(
                            file, "the file must not change while it is read: it ends at byte %d of %d", at, fileBytes);
                }
                at += count;
            }
        } catch (IOException e) {
            throw new GgufException("the file must be readable: file=" + file + ", " + e, e);
        }
        return grown.asReadOnly();
    }
}
