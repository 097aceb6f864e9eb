package dev.javelin.runtime.gguf;

import java.util.Arrays;
import java.util.List;

/** Some tensors of a block of a decoder, with the shapes that they must have. */
@FunctionalInterface
interface BlockTensors {

    /**
     * A tensor.
     *
     * @param name without that of the block before it
     * @param dims in the order of the file
     */
    record Row(String name, List<Long> dims) {}

    /** The tensors of the block of this number. */
    List<Row> of(DecoderSizes sizes, int block);

    BlockTensors NORMS = (s, i) -> List.of(row("attn_norm.weight", s.width()), row("ffn_norm.weight", s.width()));

    BlockTensors OUT = (s, i) -> List.of(row("attn_output.weight", (long) s.heads()[i] * s.valueLength(), s.width()));

    BlockTensors SPLIT_ATTENTION = (s, i) -> List.of(
            row("attn_q.weight", s.width(), queries(s, i)),
            row("attn_k.weight", s.width(), keys(s, i)),
            row("attn_v.weight", s.width(), values(s, i)),
            OUT.of(s, i).getFirst());

    BlockTensors FUSED_ATTENTION = (s, i) -> List.of(
            row("attn_qkv.weight", s.width(), queries(s, i) + keys(s, i) + values(s, i)),
            OUT.of(s, i).getFirst());

    BlockTensors ATTENTION_BIAS = (s, i) -> List.of(
            row("attn_q.bias", queries(s, i)), row("attn_k.bias", keys(s, i)), row("attn_v.bias", values(s, i)));

    BlockTensors HEAD_NORMS =
            (s, i) -> List.of(row("attn_q_norm.weight", s.keyLength()), row("attn_k_norm.weight", s.keyLength()));

    BlockTensors POST_NORMS =
            (s, i) -> List.of(row("post_attention_norm.weight", s.width()), row("post_ffw_norm.weight", s.width()));

    BlockTensors SUB_NORMS = (s, i) -> List.of(
            row("attn_sub_norm.weight", (long) s.heads()[i] * s.valueLength()),
            row("ffn_sub_norm.weight", s.hidden()[i]));

    BlockTensors GLU = (s, i) -> List.of(
            row("ffn_gate.weight", s.width(), s.hidden()[i]),
            row("ffn_up.weight", s.width(), s.hidden()[i]),
            row("ffn_down.weight", s.hidden()[i], s.width()));

    BlockTensors FUSED_GLU = (s, i) -> List.of(
            row("ffn_up.weight", s.width(), 2L * s.hidden()[i]), row("ffn_down.weight", s.hidden()[i], s.width()));

    BlockTensors EXPERTS = (s, i) -> List.of(
            row("ffn_gate_inp.weight", s.width(), s.experts()),
            row("ffn_gate_exps.weight", s.width(), s.expertHidden(), s.experts()),
            row("ffn_up_exps.weight", s.width(), s.expertHidden(), s.experts()),
            row("ffn_down_exps.weight", s.expertHidden(), s.width(), s.experts()));

    BlockTensors GLU_OR_EXPERTS = (s, i) -> (s.experts() > 0 ? EXPERTS : GLU).of(s, i);

    private static Row row(String name, long... dims) {
        return new Row(name, Arrays.stream(dims).boxed().toList());
    }

    private static long queries(DecoderSizes s, int block) {
        return (long) s.heads()[block] * s.keyLength();
    }

    private static long keys(DecoderSizes s, int block) {
        return (long) s.kvHeads()[block] * s.keyLength();
    }

    private static long values(DecoderSizes s, int block) {
        return (long) s.kvHeads()[block] * s.valueLength();
    }
}
