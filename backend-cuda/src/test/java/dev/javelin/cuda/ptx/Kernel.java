package dev.javelin.cuda.ptx;

import java.util.List;
import java.util.Map;

/** A kernel, decoded and ready to be launched on one device. */
public final class Kernel {
    private final String name;
    private final BasicBlock[] code;
    private final Slots slots;
    private final Layout layout;
    private final Map<String, List<Integer>> directives;
    private final List<String> lines;
    private int dynamicLimit;

    Kernel(
            String name,
            BasicBlock[] code,
            Slots slots,
            Layout layout,
            Map<String, List<Integer>> directives,
            List<String> lines) {
        this.name = name;
        this.code = code;
        this.slots = slots;
        this.layout = layout;
        this.directives = directives;
        this.lines = lines;
        this.dynamicLimit = Math.max(0, (48 << 10) - layout.sharedBytes());
    }

    public String name() {
        return name;
    }

    BasicBlock[] code() {
        return code;
    }

    Slots slots() {
        return slots;
    }

    /** Bytes of each parameter. */
    public List<Integer> parameterSizes() {
        return layout.parameters().stream().map(Layout.Parameter::bytes).toList();
    }

    /** The parameters in the form in which a launch takes them. */
    public byte[] parameters(List<byte[]> values) {
        byte[] parameters = new byte[layout.parameterBytes()];
        for (int i = 0; i < values.size(); i++) {
            Layout.Parameter place = layout.parameters().get(i);
            System.arraycopy(values.get(i), 0, parameters, place.start(), place.bytes());
        }
        return parameters;
    }

    /** Bytes that each thread has for itself. */
    public int localBytes() {
        return layout.localBytes();
    }

    /** Bytes of shared memory that the kernel itself declares. */
    public int sharedBytes() {
        return layout.sharedBytes();
    }

    int dynamicStart() {
        return layout.dynamicStart();
    }

    /** Allows so many bytes of dynamic shared memory. */
    public void allowDynamic(int bytes) {
        dynamicLimit = bytes;
    }

    /** Threads that a block may have. */
    public int mostThreads() {
        List<Integer> most = directives.getOrDefault("reqntid", directives.get("maxntid"));
        return most == null ? 1024 : (int) product(most);
    }

    /** Bytes of dynamic shared memory that a launch may ask for. */
    public int dynamicLimit() {
        return dynamicLimit;
    }

    void checkThreads(Size threads, Launch launch) {
        List<Integer> most = directives.get("maxntid");
        if (most != null && threads.count() > product(most)) {
            throw launch.refused("threads " + threads + ", .maxntid " + most);
        }
        List<Integer> exactly = directives.get("reqntid");
        if (exactly != null && threads.count() != product(exactly)) {
            throw launch.refused("threads " + threads + ", .reqntid " + exactly);
        }
    }

    private static long product(List<Integer> sizes) {
        return sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** The text of a line, from 1. */
    String text(int line) {
        return lines.get(line - 1).strip();
    }
}
