package dev.javelin.runtime.gguf;

import dev.javelin.api.Format;
import java.util.List;
import java.util.stream.IntStream;

/** The smallest sound model: one block, eight tokens. Tests break it in one respect each. */
final class TinyModel {

    static final int WIDTH = 32;
    static final int HIDDEN = 64;
    static final int TOKENS = 8;

    private TinyModel() {}

    static GgufWriter writer() {
        return tensors(tokenizer(sizes(new GgufWriter().string("general.architecture", "llama"))));
    }

    static byte[] bytes() {
        return writer().bytes();
    }

    static GgufWriter sizes(GgufWriter writer) {
        return writer.u32("llama.context_length", 128)
                .u32("llama.embedding_length", WIDTH)
                .u32("llama.block_count", 1)
                .u32("llama.feed_forward_length", HIDDEN)
                .u32("llama.attention.head_count", 4)
                .u32("llama.attention.head_count_kv", 2)
                .f32("llama.attention.layer_norm_rms_epsilon", 1e-5f);
    }

    static GgufWriter tokenizer(GgufWriter writer) {
        List<String> tokens =
                IntStream.range(0, TOKENS).mapToObj(i -> "token " + i).toList();
        return writer.string("tokenizer.ggml.model", "gpt2")
                .strings("tokenizer.ggml.tokens", tokens)
                .ints("tokenizer.ggml.token_type", new int[TOKENS])
                .strings("tokenizer.ggml.merges", List.of("a b"));
    }

    static GgufWriter tensors(GgufWriter writer) {
        return writer.tensor("token_embd.weight", Format.F16, WIDTH, TOKENS)
                .tensor("output_norm.weight", Format.F32, WIDTH)
                .tensor("blk.0.attn_norm.weight", Format.F32, WIDTH)
                .tensor("blk.0.attn_q.weight", Format.Q8_0, WIDTH, WIDTH)
                .tensor("blk.0.attn_k.weight", Format.Q8_0, WIDTH, WIDTH / 2)
                .tensor("blk.0.attn_v.weight", Format.Q8_0, WIDTH, WIDTH / 2)
                .tensor("blk.0.attn_output.weight", Format.Q4_0, WIDTH, WIDTH)
                .tensor("blk.0.ffn_norm.weight", Format.F32, WIDTH)
                .tensor("blk.0.ffn_gate.weight", Format.Q4_0, WIDTH, HIDDEN)
                .tensor("blk.0.ffn_up.weight", Format.Q4_0, WIDTH, HIDDEN)
                .tensor("blk.0.ffn_down.weight", Format.Q4_0, HIDDEN, WIDTH);
    }
}
