package dev.javelin.runtime.gguf;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** One writing of one file: it appears complete under its name, or not at all. For one thread. */
final class GgufFileWriter {

    /** Small enough for the listener to be asked often, large enough for any disk. */
    private static final long PIECE = 4 << 20;

    private final Path file;
    private final Path part;
    private final long total;
    private final GgufOutput.Listener listener;
    private long done;

    /** @param total bytes of the whole file */
    GgufFileWriter(Path file, long total, GgufOutput.Listener listener) {
        this.file = file.toAbsolutePath();
        String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        this.part = this.file.resolveSibling(file.getFileName() + "." + suffix + ".part");
        this.total = total;
        this.listener = listener;
    }

    void write(GgufBytes header, long headerBytes, List<GgufOutput.Entry> tensors) {
        try {
            requirePlace();
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                put(channel, header.toSegment());
                for (GgufOutput.Entry tensor : tensors) {
                    fillUp(channel, headerBytes + tensor.offset());
                    write(channel, tensor);
                }
                fillUp(channel, total);
            }
            Files.move(part, file); // and not over a file that came into being meanwhile
        } catch (IOException e) {
            GgufException failure = failed(e);
            removePart(failure);
            throw failure;
        } catch (Throwable e) {
            removePart(e);
            throw e;
        }
    }

    private void requirePlace() throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "the folder of a file");
        if (!Files.isDirectory(folder)) {
            throw GgufException.of(file.toString(), "the folder must exist: folder=%s; create it", folder);
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw occupied();
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < total) {
            throw GgufException.of(
                    file.toString(),
                    "the disk must have room for the file: needed=%d, free=%d, folder=%s; free some, or choose another"
                            + " disk",
                    total,
                    free,
                    folder);
        }
    }

    private GgufException occupied() {
        return GgufException.of(
                file.toString(), "a file that exists is not replaced; delete it or choose another name");
    }

    private void write(FileChannel channel, GgufOutput.Entry tensor) {
        long end = done + tensor.bytes();
        tensor.data().writeTo(piece -> {
            if (piece.byteSize() > end - done) {
                throw wrongSize(tensor, "more than " + (tensor.bytes() - (end - done)));
            }
            try {
                put(channel, piece);
            } catch (IOException e) {
                throw failed(e);
            }
        });
        if (done != end) {
            throw wrongSize(tensor, tensor.bytes() - (end - done));
        }
    }

    private IllegalStateException wrongSize(GgufOutput.Entry tensor, Object found) {
        return new IllegalStateException("the data of a tensor must be as many bytes as its format needs: tensor="
                + tensor.name() + ", expected=" + tensor.bytes() + ", found=" + found);
    }

    /** Writes zeros up to a place in the file, less than one alignment away. */
    private void fillUp(FileChannel channel, long place) throws IOException {
        put(channel, MemorySegment.ofArray(new byte[Math.toIntExact(place - done)]));
    }

    private void put(FileChannel channel, MemorySegment bytes) throws IOException {
        for (long at = 0; at < bytes.byteSize(); at += PIECE) {
            if (listener.cancelled()) {
                throw new WriteCancelledException(file, done, total);
            }
            ByteBuffer piece =
                    bytes.asSlice(at, Math.min(PIECE, bytes.byteSize() - at)).asByteBuffer();
            done += piece.remaining();
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
            listener.progress(done, total);
        }
    }

    private GgufException failed(IOException e) {
        return e instanceof FileAlreadyExistsException
                ? occupied()
                : new GgufException(
                        "the file could not be written: " + e + ", bytesDone=" + done + ", bytesTotal=" + total
                                + ", file=" + file + "; look at the rights to its folder and the room on its disk",
                        e);
    }

    /** Deletes what was written; what stands in the way of that is told along with the failure. */
    private void removePart(Throwable failure) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
