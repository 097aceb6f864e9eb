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

    /** The header of a file with a vocabulary of 256,000 tokens has 10 MB; what is longer could take all memory there is. */
    static final long LONGEST = 64L << 20;

    private static final long FIRST_READ = 64L << 10;

    private final String file;
    private final @Nullable FileChannel channel;
    private final long fileBytes;
    private ByteBuffer bytes;

    private HeaderBytes(String file, @Nullable FileChannel channel, long fileBytes, ByteBuffer bytes) {
        this.file = file;
        this.channel = channel;
        this.fileBytes = fileBytes;
        this.bytes = bytes;
    }

    /** A file that is in memory already. */
    static HeaderBytes of(String file, MemorySegment bytes) {
        long size = bytes.byteSize();
        return new HeaderBytes(
                file, null, size, bytes.asSlice(0, Math.min(size, LONGEST)).asByteBuffer());
    }

    /** A file to be read through a channel, which stays open until the header is read. */
    static HeaderBytes of(String file, FileChannel channel, long fileBytes) {
        return new HeaderBytes(file, channel, fileBytes, ByteBuffer.allocate(0));
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

    /**
     * The bytes from the beginning of the file to {@code end} at least, which is no more than {@link #limit()}. Only to be
     * read from, at given places, so that all may share them.
     */
    ByteBuffer upTo(long end) {
        if (end > bytes.capacity() && channel != null) {
            long size = Math.max(end, Math.max(FIRST_READ, 2L * bytes.capacity()));
            bytes = grow(channel, (int) Math.min(limit(), size));
        }
        return bytes;
    }

    private ByteBuffer grow(FileChannel from, int size) {
        ByteBuffer grown = Arena.ofAuto().allocate(size, Long.BYTES).asByteBuffer();
        grown.put(0, bytes, 0, bytes.capacity()).position(bytes.capacity());
        try {
            while (grown.hasRemaining()) {
                int count = from.read(grown, grown.position());
                if (count < 0) {
                    throw GgufException.of(
                            file,
                            "the file must not change while it is read: it ends at byte %d of %d",
                            grown.position(),
                            fileBytes);
                }
            }
        } catch (IOException e) {
            throw new GgufException("the file must be readable: file=" + file + ", " + e, e);
        }
        return grown;
    }
}
