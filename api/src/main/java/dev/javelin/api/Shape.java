package dev.javelin.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The dimensions of a value, row-major: the last one is contiguous. Only the first may be symbolic. */
public record Shape(List<Dim> dims) {

    public Shape {
        dims = List.copyOf(dims);
        Check.that(!dims.isEmpty() && dims.size() <= 3, "a shape has 1 to 3 dimensions: dims=%s", dims);
        Check.that(
                dims.stream().skip(1).allMatch(Dim.Fixed.class::isInstance),
                "only the first dimension may be symbolic: dims=%s",
                dims);
        long width = 1;
        for (Dim dim : dims.subList(1, dims.size())) {
            width = Math.multiplyExact(width, ((Dim.Fixed) dim).size());
        }
        Check.that(width <= Integer.MAX_VALUE, "a row has at most 2^31-1 elements: dims=%s", dims);
    }

    /** A shape of constants, such as {@code (rows, columns)} of a weight matrix. */
    public static Shape of(int... sizes) {
        return new Shape(Arrays.stream(sizes).<Dim>mapToObj(Dim.Fixed::new).toList());
    }

    /** One row of {@code widths} for each of {@code rows}. */
    public static Shape rows(Dim rows, int... widths) {
        Dim[] dims = new Dim[widths.length + 1];
        dims[0] = rows;
        for (int i = 0; i < widths.length; i++) {
            dims[i + 1] = new Dim.Fixed(widths[i]);
        }
        return new Shape(List.of(dims));
    }

    public int rank() {
        return dims.size();
    }

    /** The first dimension; 1 for a plain vector of constant size. */
    public Dim rowCount() {
        return rank() == 1 && fixed() ? new Dim.Fixed(1) : dims.getFirst();
    }

    /** Elements of one row: all dimensions but the first, or the whole of a plain vector of constant size. */
    public int width() {
        if (rank() == 1) {
            return dims.getFirst() instanceof Dim.Fixed(int size) ? size : 1;
        }
        int width = 1;
        for (int i = 1; i < rank(); i++) {
            width *= size(i);
        }
        return width;
    }

    /** The constant size of a dimension; {@link IllegalArgumentException} if it is symbolic. */
    public int size(int dim) {
        if (dims.get(dim) instanceof Dim.Fixed(int size)) {
            return size;
        }
        throw new IllegalArgumentException("the dimension has no constant size: dim=%d, shape=%s".formatted(dim, this));
    }

    /** Whether every dimension is a constant. */
    public boolean fixed() {
        return dims.getFirst() instanceof Dim.Fixed;
    }

    /** Elements of a shape of constants. */
    public long elements() {
        return Math.multiplyExact((long) size(0), rank() == 1 ? 1 : width());
    }

    /** The most elements that the shape takes under the limits. */
    public long most(Limits limits) {
        return Math.multiplyExact((long) dims.getFirst().most(limits), rank() == 1 ? 1 : width());
    }

    @Override
    public String toString() {
        return dims.stream().map(Object::toString).collect(Collectors.joining("x", "[", "]"));
    }
}
