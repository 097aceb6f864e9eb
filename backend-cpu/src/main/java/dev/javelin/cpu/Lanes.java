package dev.javelin.cpu;

import java.lang.invoke.MethodHandles.Lookup;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector species, by the width for which a {@linkplain PerWidth class was defined}. */
final class Lanes {

    /** Of all that lies in memory: the formats of weights are, and the JVM runs on no other processors that we vectorise for. */
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private Lanes() {}

    /** Floats for the class that calls; to be kept in a static final field, or the JIT does not know the width. */
    static VectorSpecies<Float> floats(Lookup caller) {
        return VectorSpecies.of(float.class, shape(PerWidth.of(caller)));
    }

    /** As many ints as there are floats. */
    static VectorSpecies<Integer> ints(Lookup caller) {
        return VectorSpecies.of(int.class, shape(PerWidth.of(caller)));
    }

    /** As many shorts as there are floats. */
    static VectorSpecies<Short> shorts(Lookup caller) {
        return VectorSpecies.of(
                short.class, VectorShape.forBitSize(PerWidth.of(caller).bits() / 2));
    }

    /** As many bytes as there are floats, but a vector has at least eight. */
    static VectorSpecies<Byte> bytes(Lookup caller) {
        return VectorSpecies.of(
                byte.class,
                VectorShape.forBitSize(Math.max(64, PerWidth.of(caller).bits() / 4)));
    }

    /**
     * The class of all vectors of a species. The JIT does not know it of vectors that come from memory or from a conversion,
     * and finds out by profiles, which mix all widths; a {@linkplain Class#cast cast} tells it.
     */
    static Class<? extends FloatVector> floatClassOf(VectorSpecies<Float> floats) {
        return FloatVector.zero(floats).getClass();
    }

    /** Likewise. */
    static Class<? extends IntVector> intClassOf(VectorSpecies<Integer> ints) {
        return IntVector.zero(ints).getClass();
    }

    /** Bits of the widest vectors that this processor and JVM calculate with. */
    static int preferredBits() {
        return VectorShape.preferredShape().vectorBitSize();
    }

    private static VectorShape shape(VectorWidth width) {
        return VectorShape.forBitSize(width.bits());
    }
}
