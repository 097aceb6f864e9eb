package dev.javelin.cuda.ptx;

/** Three sizes, and the coordinates of what is counted through them, first axis first. */
public record Size(int x, int y, int z) {

    public static Size of(int x) {
        return new Size(x, 1, 1);
    }

    long count() {
        return (long) x * y * z;
    }

    int x(int index) {
        return index % x;
    }

    int y(int index) {
        return index / x % y;
    }

    int z(int index) {
        return index / x / y;
    }

    String name(int index) {
        return "(" + x(index) + "," + y(index) + "," + z(index) + ")";
    }

    @Override
    public String toString() {
        return x + "x" + y + "x" + z;
    }
}
