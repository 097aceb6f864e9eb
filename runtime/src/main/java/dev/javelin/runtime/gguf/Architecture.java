package dev.javelin.runtime.gguf;

import static dev.javelin.runtime.gguf.BlockTensors.ATTENTION_BIAS;
import static dev.javelin.runtime.gguf.BlockTensors.EXPERTS;
import static dev.javelin.runtime.gguf.BlockTensors.FUSED_ATTENTION;
import static dev.javelin.runtime.gguf.BlockTensors.FUSED_GLU;
import static dev.javelin.runtime.gguf.BlockTensors.GLU;
import static dev.javelin.runtime.gguf.BlockTensors.GLU_OR_EXPERTS;
import static dev.javelin.runtime.gguf.BlockTensors.HEAD_NORMS;
import static dev.javelin.runtime.gguf.BlockTensors.NORMS;
import static dev.javelin.runtime.gguf.BlockTensors.POST_NORMS;
import static dev.javelin.runtime.gguf.BlockTensors.SPLIT_ATTENTION;
import static dev.javelin.runtime.gguf.BlockTensors.SUB_NORMS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The architectures whose files can be opened as models, and the tensors that every block of theirs has. */
enum Architecture {
    LLAMA(NORMS, SPLIT_ATTENTION, GLU_OR_EXPERTS),
    QWEN2(NORMS, SPLIT_ATTENTION, ATTENTION_BIAS, GLU),
    QWEN3(NORMS, SPLIT_ATTENTION, HEAD_NORMS, GLU),
    QWEN3MOE(NORMS, SPLIT_ATTENTION, HEAD_NORMS, EXPERTS),
    GEMMA2(NORMS, SPLIT_ATTENTION, POST_NORMS, GLU),
    GEMMA3(NORMS, SPLIT_ATTENTION, HEAD_NORMS, POST_NORMS, GLU),
    PHI3(NORMS, FUSED_ATTENTION, FUSED_GLU),
    BITNET(NORMS, SPLIT_ATTENTION, SUB_NORMS, GLU);

    private final List<BlockTensors> tensors;

    Architecture(BlockTensors... tensors) {
        this.tensors = List.of(tensors);
    }

    /** The architecture that files call by {@code name}, or null if it is none of these. */
    static @Nullable Architecture ofName(String name) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.fileName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** All names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(Architecture::fileName).collect(Collectors.joining(", "));
    }

    /** What files call it. */
    String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tensors of one block. */
    List<BlockTensors.Row> block(DecoderSizes sizes, int block) {
        List<BlockTensors.Row> rows = new ArrayList<>();
        tensors.forEach(some -> rows.addAll(some.of(sizes, block)));
        return rows;
    }
}
