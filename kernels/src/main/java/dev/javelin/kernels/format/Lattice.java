package dev.javelin.kernels.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A numbered set of points: a code word of the IQ1, IQ2 and IQ3 formats names one, which stands for 4 or 8 weights at once.
 *
 * <p>Which points belong to a lattice is part of the format. All of them happen to be numbered in ascending order, when
 * a point is read as a number whose digits are its levels, axis 0 being the least significant. So a lattice is a set of
 * numbers, and is stored as a bitmap in {@code lattices.txt}; the comment there describes the file.
 *
 * <p>Each lattice is read when it is first asked for. Immutable, usable from any thread.
 */
public final class Lattice {

    private static final String FILE = "lattices.txt";

    private final int dimensions;
    private final byte[] coordinates; // [point][axis]

    private Lattice(int dimensions, byte[] coordinates) {
        this.dimensions = dimensions;
        this.coordinates = coordinates;
    }

    /** 2048 points of 8 coordinates: IQ1_S and IQ1_M. */
    public static Lattice iq1() {
        return Iq1.POINTS;
    }

    /** 256 points of 8 coordinates. */
    public static Lattice iq2xxs() {
        return Iq2xxs.POINTS;
    }

    /** 512 points of 8 coordinates. */
    public static Lattice iq2xs() {
        return Iq2xs.POINTS;
    }

    /** 1024 points of 8 coordinates. */
    public static Lattice iq2s() {
        return Iq2s.POINTS;
    }

    /** 256 points of 4 coordinates. */
    public static Lattice iq3xxs() {
        return Iq3xxs.POINTS;
    }

    /** 512 points of 4 coordinates. */
    public static Lattice iq3s() {
        return Iq3s.POINTS;
    }

    /** How many points there are; code words go from 0 to one less. */
    public int size() {
        return coordinates.length / dimensions;
    }

    /** How many coordinates a point has, which is how many weights it stands for. */
    public int dimensions() {
        return dimensions;
    }

    /** One coordinate of a point. */
    public int get(int point, int axis) {
        return coordinates[point * dimensions + axis];
    }

    private static Lattice read(String name, int dimensions, int... levels) {
        String[] fields = line(name).split(" ", -1);
        int size = Integer.parseInt(fields[1]);
        byte[] bitmap = Base64.getDecoder().decode(fields[3]);
        int[] members = BitSet.valueOf(bitmap).stream().toArray();
        CRC32 sum = new CRC32();
        sum.update(bitmap);
        if (members.length != size || sum.getValue() != Long.parseLong(fields[2], 16)) {
            throw new IllegalStateException("the lattice must be as it was shipped: lattice=" + name + ", points="
                    + members.length + ", file=" + FILE + "; the jar is damaged, get it anew");
        }
        byte[] coordinates = new byte[size * dimensions];
        for (int point = 0; point < size; point++) {
            int digits = members[point];
            for (int axis = 0; axis < dimensions; axis++, digits /= levels.length) {
                coordinates[point * dimensions + axis] = (byte) levels[digits % levels.length];
            }
        }
        return new Lattice(dimensions, coordinates);
    }

    private static String line(String name) {
        try (InputStream in = Lattice.class.getResourceAsStream(FILE)) {
            List<String> lines = in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .toList();
            for (String line : lines) {
                if (line.startsWith(name + " ")) {
                    return line;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the lattices must be readable: file=" + FILE, e);
        }
        throw new IllegalStateException("the lattice must be among those shipped: lattice=" + name + ", file=" + FILE
                + "; the jar is damaged, get it anew");
    }

    private static final class Iq1 {
        static final Lattice POINTS = read("IQ1", 8, -1, 0, 1);
    }

    private static final class Iq2xxs {
        static final Lattice POINTS = read("IQ2_XXS", 8, 8, 25, 43);
    }

    private static final class Iq2xs {
        static final Lattice POINTS = read("IQ2_XS", 8, 8, 25, 43);
    }

    private static final class Iq2s {
        static final Lattice POINTS = read("IQ2_S", 8, 8, 25, 43);
    }

    private static final class Iq3xxs {
        static final Lattice POINTS = read("IQ3_XXS", 4, 4, 12, 20, 28, 36, 44, 52, 62);
    }

    private static final class Iq3s {
        static final Lattice POINTS = read("IQ3_S", 4, 1, 3, 5, 7, 9, 11, 13, 15);
    }
}
