package dev.javelin.kernels.opencl;

import dev.javelin.kernels.gpu.DeviceTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sizes of products for which devices of one kind differ so much that it pays to try some.
 *
 * @param rows of weights that a group works on
 * @param side work-items of either side of a group of a tiled product
 */
public record Tuning(int rows, int side) {
    /** Local memory with which two groups have large tiles at once. */
    private static final long LARGE_TILES = 36 << 10;

    private static final int SMALL_SIDE = 8;
    private static final int LARGE_SIDE = 16;
    private static final Pattern TEXT = Pattern.compile("rows=(\\d{1,4}) side=(\\d{1,4})");

    /** What suits most devices of such traits. */
    public static Tuning usual(DeviceTraits traits) {
        boolean large = traits.groupSize() >= LARGE_SIDE * LARGE_SIDE && traits.localBytes() >= LARGE_TILES;
        return new Tuning(Sizes.ROWS, large ? LARGE_SIDE : SMALL_SIDE);
    }

    /** This one and those that differ from it in their rows. */
    public List<Tuning> withOtherRows() {
        List<Tuning> all = new ArrayList<>(List.of(this));
        for (int other : new int[] {8, 16, Packing.TILE}) {
            if (other != rows) {
                all.add(new Tuning(other, side));
            }
        }
        return all;
    }

    /** This one and those that differ from it in their side. */
    public List<Tuning> withOtherSides() {
        return side == LARGE_SIDE ? List.of(this, new Tuning(rows, SMALL_SIDE)) : List.of(this);
    }

    /** For files. */
    public String text() {
        return "rows=%d side=%d".formatted(rows, side);
    }

    /** What a text says that {@link #text} made for such a device; null if it is something else. */
    public static @Nullable Tuning of(String text, DeviceTraits traits) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        Tuning read = new Tuning(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        boolean possible = usual(traits).withOtherRows().stream()
                .flatMap(tuning -> tuning.withOtherSides().stream())
                .anyMatch(read::equals);
        return possible ? read : null;
    }
}
