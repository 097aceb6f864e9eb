package dev.javelin.cpu;

import dev.javelin.api.Format;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arithmetic of one vector width, compiled once for all devices of that width. Immutable, usable from any thread. */
final class WidthKernels {
    private final VectorWidth width;
    private final ElementMath elements;
    private final ExpMath exp;
    private final TileMath tiles;
    private final AttentionMath attention;
    private final Map<Format, PanelMath> panels;
    private final Map<Format, PanelMath> panelsOfFour;

    private WidthKernels(VectorWidth width) {
        this.width = width;
        this.elements = PerWidth.create(ElementMath.class, VectorElements.class, width);
        this.exp = PerWidth.create(ExpMath.class, VectorExp.class, width);
        this.tiles = PerWidth.create(TileMath.class, VectorTile.class, width);
        this.attention = PerWidth.create(AttentionMath.class, VectorAttention.class, width);
        this.panels = panels(width, 1);
        this.panelsOfFour = panels(width, PanelMath.FOUR);
    }

    private static Map<Format, PanelMath> panels(VectorWidth width, int tokens) {
        Map<Format, PanelMath> byFormat = new EnumMap<>(Format.class);
        for (Class<? extends PanelMath> template : List.of(
                PanelF32.class,
                PanelF16.class,
                PanelBF16.class,
                PanelQ4_0.class,
                PanelQ8_0.class,
                PanelQ4_K.class,
                PanelQ6_K.class)) {
            PanelMath math = PerWidth.create(PanelMath.class, template, width, tokens);
            byFormat.put(math.layout().format(), math);
        }
        return Collections.unmodifiableMap(byFormat);
    }

    /** Those of a width. */
    static WidthKernels of(VectorWidth width) {
        return switch (width) {
            case BITS_128 -> Bits128.KERNELS;
            case BITS_256 -> Bits256.KERNELS;
            case BITS_512 -> Bits512.KERNELS;
        };
    }

    VectorWidth width() {
        return width;
    }

    ElementMath elements() {
        return elements;
    }

    ExpMath exp() {
        return exp;
    }

    TileMath tiles() {
        return tiles;
    }

    AttentionMath attention() {
        return attention;
    }

    /** The arithmetic of a format in panels, or null: then its codec decodes tile by tile. */
    @Nullable
    PanelMath panels(Format format) {
        return panels.get(format);
    }

    /** The same for {@link PanelMath#FOUR} tokens at once. */
    @Nullable
    PanelMath panelsOfFour(Format format) {
        return panelsOfFour.get(format);
    }

    // Each is made when it is first asked for, and only then.

    private static final class Bits128 {
        private static final WidthKernels KERNELS = new WidthKernels(VectorWidth.BITS_128);
    }

    private static final class Bits256 {
        private static final WidthKernels KERNELS = new WidthKernels(VectorWidth.BITS_256);
    }

    private static final class Bits512 {
        private static final WidthKernels KERNELS = new WidthKernels(VectorWidth.BITS_512);
    }
}
