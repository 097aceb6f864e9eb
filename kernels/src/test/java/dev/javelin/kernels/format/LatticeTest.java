package dev.javelin.kernels.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LatticeTest {

    /** Lattice, points, axes, levels, and the SHA-256 of all coordinates as bytes, point by point. */
    static Stream<Arguments> lattices() {
        Set<Integer> two = Set.of(8, 25, 43);
        return Stream.of(
                Arguments.of(
                        Lattice.iq1(),
                        2048,
                        8,
                        Set.of(-1, 0, 1),
                        "07540ffc1aeaf6ad4d97e96b0fcc765aae39671d4ae4a27bbd0e796fde167c6a"),
                Arguments.of(
                        Lattice.iq2xxs(),
                        256,
                        8,
                        two,
                        "05826b5d3e472a3a78f196be62ac78acf81df0f909626e12ab9fa2a5d490dd54"),
                Arguments.of(
                        Lattice.iq2xs(),
                        512,
                        8,
                        two,
                        "06e47aaca60b4dc1d9b5a3f34540437058a6b142b4d7a59d5ded769b4d1bf1de"),
                Arguments.of(
                        Lattice.iq2s(),
                        1024,
                        8,
                        two,
                        "e1aa1473412b0552c2174c30ef22ab4073f6a181b85a17056e8249bd2932fd88"),
                Arguments.of(
                        Lattice.iq3xxs(),
                        256,
                        4,
                        Set.of(4, 12, 20, 28, 36, 44, 52, 62),
                        "46e35f5a997efdee6c99ce57854c8a0d4f0ff8ca57e5e8a60c0793ea580acf5d"),
                Arguments.of(
                        Lattice.iq3s(),
                        512,
                        4,
                        Set.of(1, 3, 5, 7, 9, 11, 13, 15),
                        "bd1af4945a1717c65610b0284e4628b9a1ba3b306fae3a06f6e5f597356e349f"));
    }

    @ParameterizedTest
    @MethodSource("lattices")
    void hasTheCoordinatesOfTheFormat(Lattice lattice, int size, int dimensions, Set<Integer> levels, String sum)
            throws NoSuchAlgorithmException {
        assertThat(lattice.size()).isEqualTo(size);
        assertThat(lattice.dimensions()).isEqualTo(dimensions);
        byte[] coordinates = new byte[size * dimensions];
        Set<Integer> seen = new TreeSet<>();
        for (int point = 0; point < size; point++) {
            for (int axis = 0; axis < dimensions; axis++) {
                coordinates[point * dimensions + axis] = (byte) lattice.get(point, axis);
                seen.add(lattice.get(point, axis));
            }
        }
        assertThat(seen).isEqualTo(levels);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(coordinates)))
                .isEqualTo(sum);
    }

    @Test
    void pointsOfTheTwoBitLatticesHaveAnEvenNumberOfMiddleLevels() {
        for (Lattice lattice : new Lattice[] {Lattice.iq2xxs(), Lattice.iq2xs(), Lattice.iq2s()}) {
            for (int point = 0; point < lattice.size(); point++) {
                int middle = 0;
                for (int axis = 0; axis < lattice.dimensions(); axis++) {
                    middle += lattice.get(point, axis) == 25 ? 1 : 0;
                }
                assertThat(middle % 2).isZero();
            }
        }
    }

    @Test
    void sevenSignsAreCompletedToAnEvenNumber() {
        for (int bits = 0; bits < 128; bits++) {
            assertThat(Signs.ofSeven(bits) & 0x7F).isEqualTo(bits);
            assertThat(Integer.bitCount(Signs.ofSeven(bits)) % 2).isZero();
            assertThat(Signs.ofSeven(bits)).isBetween(0, 255);
        }
    }
}
