package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import dev.javelin.api.UnsupportedFormatException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codec of every format that weights can have. */
public final class Codecs {

    private static final Map<Format, Codec> BY_FORMAT = byFormat();

    private Codecs() {}

    /**
     * The codec of {@code format}.
     *
     * @throws UnsupportedFormatException if the format is {@linkplain Format#storageOnly() for storage only}
     */
    public static Codec of(Format format) {
        Codec codec = BY_FORMAT.get(format);
        if (codec == null) {
            throw new UnsupportedFormatException("the format must be one that weights can have: format=" + format
                    + ", which is for storage only; convert the tensor to F32");
        }
        return codec;
    }

    private static Map<Format, Codec> byFormat() {
        Map<Format, Codec> codecs = new EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            Codec codec = create(format);
            if (codec != null) {
                codecs.put(format, codec);
            }
        }
        return Collections.unmodifiableMap(codecs);
    }

    /** No default branch: a new format does not compile until it has a codec. */
    private static @Nullable Codec create(Format format) {
        return switch (format) {
            case F32 -> new F32Codec();
            case F16 -> new F16Codec();
            case BF16 -> new BF16Codec();
            case Q4_0 -> new Q4_0Codec();
            case Q4_1 -> new Q4_1Codec();
            case Q5_0 -> new Q5_0Codec();
            case Q5_1 -> new Q5_1Codec();
            case Q8_0 -> new Q8_0Codec();
            case Q2_K -> new Q2_KCodec();
            case Q3_K -> new Q3_KCodec();
            case Q4_K -> new Q4_KCodec();
            case Q5_K -> new Q5_KCodec();
            case Q6_K -> new Q6_KCodec();
            case Q8_K -> new Q8_KCodec();
            case IQ1_S -> new IQ1_SCodec();
            case IQ1_M -> new IQ1_MCodec();
            case IQ2_XXS -> new IQ2_XXSCodec();
            case IQ2_XS -> new IQ2_XSCodec();
            case IQ2_S -> new IQ2_SCodec();
            case IQ3_XXS -> new IQ3_XXSCodec();
            case IQ3_S -> new IQ3_SCodec();
            case IQ4_NL -> new IQ4_NLCodec();
            case IQ4_XS -> new IQ4_XSCodec();
            case TQ1_0 -> new TQ1_0Codec();
            case TQ2_0 -> new TQ2_0Codec();
            case Q1_0 -> new Q1_0Codec();
            case Q2_0 -> new Q2_0Codec();
            case MXFP4 -> new MXFP4Codec();
            case NVFP4 -> new NVFP4Codec();
            case F64, I8, I16, I32, I64 -> null;
        };
    }
}
