package dev.javelin.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MixTest {

    @ParameterizedTest
    @CsvSource({
        "qwen3-0.6b, Q4_0, token_embd.weight, Q6_K", // which is the output too
        "qwen3-8b, Q4_0, token_embd.weight, Q4_0",
        "qwen3-8b, Q4_0, output.weight, Q6_K",
        "qwen3-8b, Q8_0, output.weight, Q8_0",
        "qwen3-8b, F16, output.weight, F16",
        "qwen3-8b, IQ2_XXS, output.weight, IQ2_XXS",
        "qwen3-8b, Q4_0, blk.3.attn_norm.weight, F32",
        "qwen3-8b, Q4_K_M, blk.0.attn_v.weight, Q6_K",
        "qwen3-8b, Q4_K_M, blk.4.attn_v.weight, Q4_K",
        "qwen3-8b, Q4_K_M, blk.6.attn_v.weight, Q6_K",
        "qwen3-8b, Q4_K_M, blk.31.ffn_down.weight, Q6_K",
        "qwen3-8b, Q4_K_M, blk.31.ffn_up.weight, Q4_K",
        "qwen3-8b, Q4_K_S, blk.3.attn_v.weight, Q5_K",
        "qwen3-8b, Q4_K_S, blk.4.attn_v.weight, Q4_K",
        "qwen3-8b, Q2_K, blk.9.attn_v.weight, Q4_K", // four queries share a key
        "qwen3-0.6b, Q2_K, blk.9.attn_v.weight, Q3_K", // only two do
        "qwen3-8b, Q2_K, blk.9.ffn_down.weight, Q3_K",
        "qwen3-8b, Q3_K_M, blk.1.ffn_down.weight, Q5_K",
        "qwen3-8b, Q3_K_M, blk.2.ffn_down.weight, Q4_K",
        "qwen3-8b, IQ4_XS, blk.3.ffn_down.weight, Q5_K",
        "qwen3-8b, IQ4_XS, blk.4.ffn_down.weight, IQ4_XS",
        "phi-4-mini, Q4_K_M, blk.5.attn_qkv.weight, Q5_K",
        "phi-4-mini, Q4_K_M, rope_factors_long.weight, F32",
        "gemma-3-1b, Q4_K_M, token_embd.weight, Q8_0", // rows of 1152
        "gemma-3-1b, Q4_K_M, blk.4.attn_q.weight, Q5_0",
        "gemma-3-1b, Q4_K_M, blk.0.attn_v.weight, Q8_0",
        "gemma-3-1b, Q4_K_M, blk.4.attn_output.weight, Q4_K",
        "gemma-3-1b, IQ2_XXS, blk.4.attn_q.weight, IQ4_NL",
        "gemma-3-1b, TQ2_0, blk.4.attn_q.weight, Q4_0",
        "bitnet-2b, TQ1_0, token_embd.weight, Q6_K",
        "bitnet-2b, TQ1_0, blk.4.attn_q.weight, TQ1_0",
        "qwen3-30b-a3b, Q4_0, blk.4.ffn_gate_inp.weight, F32",
        "qwen3-30b-a3b, MXFP4, blk.4.ffn_down_exps.weight, MXFP4",
        "qwen3-30b-a3b, MXFP4, output.weight, Q8_0"
    })
    void formats(String shape, String mix, String tensor, Format expected) {
        Shape of = new Shapes().named(shape);
        Tensor found = of.tensors().stream()
                .filter(some -> some.name().equals(tensor))
                .findFirst()
                .orElseThrow();
        assertThat(new Mixes().named(mix).format(found, of)).isEqualTo(expected);
    }

    /** Whatever is asked for, no row is cut. */
    @Test
    void rowsAreWholeBlocks() {
        for (Mix mix : new Mixes().all()) {
            for (Shape shape : new Shapes().all()) {
                for (Tensor tensor : shape.tensors()) {
                    Format format = mix.format(tensor, shape);
                    assertThat(tensor.columns() % format.blockLength())
                            .as("%s of %s in %s is %s", tensor.name(), shape.name(), mix.name(), format)
                            .isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void everyFormatOfWeightsIsOne(Format format) {
        if (format.storageOnly()) {
            assertThat(SyntheticModel.formats()).doesNotContain(format.name());
        } else {
            assertThat(SyntheticModel.formats()).contains(format.name());
        }
    }

    @Test
    void namesAndNumbersOccurOnce() {
        assertThat(SyntheticModel.formats()).doesNotHaveDuplicates().contains("Q4_K_M", "Q5_K_S", "Q3_K_L");
        assertThat(new Mixes().all().stream().map(Mix::fileType).filter(type -> type >= 0))
                .doesNotHaveDuplicates();
    }
}
