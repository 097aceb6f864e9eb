package dev.javelin.conformance.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.Format;
import dev.javelin.api.MatMul;
import dev.javelin.api.Op;
import dev.javelin.conformance.Selection;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Whoever misreads a single bit of the blocks of a format is found out, whichever operation reads them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenFormatsTest {

    private static final int BITS = 8;

    /** At both ends of a block are numbers in F16 or F32, whose lowest bits hardly matter and whose highest are not set. */
    private static final int MARGIN = 4;

    private final Hunt hunt = new Hunt(Selection.ofProperties().seed());

    @TestFactory
    Stream<DynamicNode> formats() {
        return Stream.of(Format.values())
                .filter(format -> !format.storageOnly())
                .map(format -> dynamicContainer(
                        format.name(),
                        Stream.of(
                                        test(MatMul.class, format),
                                        test(Embed.class, format),
                                        test(ExpertMatMul.class, format))
                                .flatMap(tests -> tests)));
    }

    private Stream<DynamicNode> test(Class<? extends Op> op, Format format) {
        Component matrix = Component.of(op).stream()
                .filter(component -> component.name().matches(".*\\.(matrix|matrices|table)"))
                .findFirst()
                .orElseThrow();
        return bits(format)
                .mapToObj(bit -> new WeightFault(matrix, new Spoiling.Bit(format, bit)))
                .map(fault -> dynamicTest(
                        fault.name(),
                        () -> assertThat(hunt.catches(fault))
                                .as("%s, with seed %d: why a case fails", fault.name(), hunt.seed())
                                .isPresent()));
    }

    /** Some bits of a block, others with each seed. */
    private IntStream bits(Format format) {
        int bits = format.blockBytes() * Byte.SIZE;
        SplittableRandom random = new SplittableRandom(hunt.seed() + format.ggufId());
        return switch (format) {
            // neither the lowest bits, nor those that only large numbers have
            case F32 -> IntStream.range(bits / 2, bits - 2);
            case F16, BF16 -> IntStream.range(bits / 4, bits - 2);
            // the sums behind the quants are for others to use
            case Q8_K -> random.ints(BITS, MARGIN * Byte.SIZE, (MARGIN + format.blockLength()) * Byte.SIZE);
            default -> random.ints(BITS, MARGIN * Byte.SIZE, bits - MARGIN * Byte.SIZE);
        };
    }
}
