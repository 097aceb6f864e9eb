package dev.javelin.runtime.gguf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An open GGUF file, or all files of a split one: metadata, the list of tensors, and their data, which are mapped and not
 * copied.
 *
 * <p>Opening it checks all that must be right for the header to mean anything; what is wrong with single tensors is told by
 * {@link #faults()} and leaves the rest readable. Whether it is a model is a question for {@link GgufModel}.
 *
 * <p><b>A file that changes while it is open.</b> Metadata and tensors were read when it was opened and do not change. The
 * data are those of the file at every moment. If the file becomes shorter, reading what is gone is a fault: the JVM turns
 * one in a plain read or a copy of {@link MemorySegment} into an {@link InternalError}, which may come some instructions
 * late, even after a {@code try} around the read. One in a vector load of {@code jdk.incubator.vector}, in {@code
 * MemorySegment.mismatch} or in native code ends the process. So those must not read the data; and all that reads them
 * goes through {@link #whileUnchanged}, which makes one clear error of it.
 *
 * <p>The opener closes it, which ends the memory of the data. Usable from any thread.
 */
public final class GgufFile implements AutoCloseable {

    private final @Nullable Arena arena;
    private final List<GgufPart> parts;
    private final List<GgufTensor> tensors;
    private final List<GgufFault> faults;
    private final Map<String, GgufTensor> byName = new HashMap<>();
    private final Map<String, GgufFault> faulty = new HashMap<>();

    private GgufFile(@Nullable Arena arena, List<GgufPart> parts) {
        this.arena = arena;
        this.parts = parts;
        this.tensors =
                parts.stream().flatMap(part -> part.header().tensors().stream()).toList();
        this.faults =
                parts.stream().flatMap(part -> part.header().faults().stream()).toList();
        for (GgufTensor tensor : tensors) {
            byName.put(tensor.name(), tensor);
        }
        for (GgufFault fault : faults) {
            if (fault.tensor() != null) {
                faulty.putIfAbsent(fault.tensor(), fault);
            }
        }
    }

    /**
     * Opens a file, and with any part of a split model all others, which lie in the same folder.
     *
     * @throws GgufException if it is not a file that can be read, or not GGUF, or breaks a rule of the format
     */
    public static GgufFile open(Path path) {
        Arena arena = Arena.ofShared();
        try {
            return new GgufFile(arena, SplitParts.open(path, arena));
        } catch (Throwable refused) {
            arena.close();
            throw refused;
        }
    }

    /**
     * Reads a file that lies in memory, whose owner keeps it alive and unchanged.
     *
     * @param name for messages
     * @throws GgufException if it is not GGUF, breaks a rule of the format, or is part of a split model
     */
    public static GgufFile of(String name, MemorySegment bytes) {
        GgufPart part = GgufPart.of(name, bytes);
        int count = part.header().split().count();
        if (count > 1) {
            throw GgufException.of(name, "a split model is opened by the path of a part: split.count=%d", count);
        }
        return new GgufFile(null, List.of(part));
    }

    /** The path of the first part, or the name that was given. */
    public String name() {
        return first().name();
    }

    /** The files, one unless the model is split; none if it came in memory. */
    public List<Path> paths() {
        return parts.stream()
                .map(GgufPart::path)
                .flatMap(path -> Optional.ofNullable(path).stream())
                .toList();
    }

    /** The version of the format: 2 or 3. */
    public int version() {
        return first().header().version();
    }

    /** The byte order of the header and the data. */
    public ByteOrder order() {
        return first().header().order();
    }

    /** What every tensor's offset is a multiple of, in the first part. */
    public int alignment() {
        return first().header().alignment();
    }

    /** Bytes of all files. */
    public long bytes() {
        return parts.stream().mapToLong(part -> part.bytes().byteSize()).sum();
    }

    /** The metadata, those of the first part if the model is split. They outlive the file. */
    public GgufMetadata metadata() {
        return first().header().metadata();
    }

    /** All tensors, in the order of the file. */
    public List<GgufTensor> tensors() {
        return tensors;
    }

    /** The tensor of that name. */
    public Optional<GgufTensor> tensor(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What is wrong with tensors; those that are not named here are sound. */
    public List<GgufFault> faults() {
        return faults;
    }

    /**
     * The data of a tensor: exactly its bytes, read-only, in the file's own memory.
     *
     * @throws GgufException if the tensor has a fault
     * @throws IllegalStateException if the file is closed
     */
    public MemorySegment segment(GgufTensor tensor) {
        if (!tensor.equals(byName.get(tensor.name()))) {
            throw new IllegalArgumentException(
                    "the tensor must be of this file: tensor=" + tensor + ", file=" + name());
        }
        GgufFault fault = faulty.get(tensor.name());
        if (fault != null) {
            throw fault.toException();
        }
        GgufPart part = parts.get(tensor.part());
        return part.bytes().asSlice(part.header().dataOffset() + tensor.offset(), tensor.bytes());
    }

    /**
     * Refuses all that was read so far if a file is no longer what it was when it was opened: of another size, written to
     * since, or replaced.
     */
    public void requireUnchanged() {
        parts.forEach(GgufPart::requireUnchanged);
    }

    /**
     * Runs what reads the data of tensors, and refuses its result if a file changed meanwhile.
     *
     * @throws GgufException if one changed, whatever else went wrong because of it
     */
    public <T> T whileUnchanged(Supplier<T> body) {
        try {
            T result = body.get();
            requireUnchanged(); // a call of the system, at which the JVM tells a fault that it has not told yet
            return result;
        } catch (RuntimeException failed) {
            requireUnchangedAfter(failed);
            throw failed;
        } catch (InternalError fault) {
            requireUnchangedAfter(fault);
            throw new GgufException(
                    "the data must be readable: file=" + name() + ", " + fault.getMessage()
                            + "; the file did not change, so look at its disk or network drive",
                    fault);
        }
    }

    private void requireUnchangedAfter(Throwable failed) {
        try {
            requireUnchanged();
        } catch (GgufException changed) {
            throw new GgufException(String.valueOf(changed.getMessage()), failed);
        }
    }

    /** Ends the memory of the data. Metadata and tensors stay. */
    @Override
    public void close() {
        if (arena != null && arena.scope().isAlive()) {
            arena.close();
        }
    }

    private GgufPart first() {
        return parts.getFirst();
    }
}
