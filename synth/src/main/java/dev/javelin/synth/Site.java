package dev.javelin.synth;

/**
 * Where a matrix is, which is what its format is chosen by.
 *
 * @param layer its number, 0 for what belongs to none
 * @param output whether logits are made by it
 * @param stacked whether it is one of several experts'
 */
record Site(Part part, int layer, int layers, long columns, int queriesPerKey, boolean output, boolean stacked) {

    static Site of(Tensor tensor, Shape shape) {
        Part part = tensor.part();
        return new Site(
                part,
                layer(tensor.name()),
                shape.sizes().layers(),
                tensor.columns(),
                shape.sizes().queriesPerKey(),
                part == Part.OUTPUT || (part == Part.EMBEDDING && shape.tied()),
                tensor.dims().size() > 2);
    }

    private static int layer(String name) {
        return name.startsWith("blk.") ? Integer.parseInt(name.substring(4, name.indexOf('.', 4))) : 0;
    }

    /** Whether it is in the first of so many equal parts of all layers. */
    boolean amongFirst(int parts) {
        return layer < layers / parts;
    }

    /** Whether it is in a layer that deserves more bits: those of the first and the last eighth, and a third of the others. */
    boolean moreBits() {
        return amongFirst(8) || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
    }

    /** Whether its vectors may be wide because few of them serve many. */
    boolean sharedByMany() {
        return queriesPerKey >= 4;
    }

    boolean vocabulary() {
        return part == Part.EMBEDDING || part == Part.OUTPUT;
    }
}
