package dev.javelin.runtime.gguf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a GGUF file says about itself: values by key, in the order of the file.
 *
 * <p>A key that is missing, has a value of another type or one out of range is a {@link GgufException}; the
 * {@code optional…} methods allow the key to be missing, and nothing else. Integers of every width are one type here.
 * Immutable, usable from any thread, also after the file was closed.
 */
public final class GgufMetadata {

    private final String file;
    private final Map<String, GgufValue> values;
    private final ByteBuffer header;

    /**
     * Values that were checked.
     *
     * @param header the file, in its byte order, from its beginning to the end of the metadata at least
     */
    GgufMetadata(String file, Map<String, GgufValue> values, ByteBuffer header) {
        this.file = file;
        this.values = Collections.unmodifiableMap(values);
        this.header = header;
    }

    /** The file that this is the metadata of, for messages. */
    public String file() {
        return file;
    }

    /** All keys, in the order of the file. */
    public Set<String> keys() {
        return values.keySet();
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The type of a value. */
    public GgufType type(String key) {
        return switch (require(key, "a value")) {
            case GgufValue.Scalar scalar -> scalar.type();
            case GgufValue.Text text -> GgufType.STRING;
            case GgufValue.Numbers numbers -> GgufType.ARRAY;
            case GgufValue.Texts texts -> GgufType.ARRAY;
        };
    }

    /** The type of the elements of an array. */
    public GgufType elementType(String key) {
        return switch (require(key, "an array")) {
            case GgufValue.Numbers numbers -> numbers.element();
            case GgufValue.Texts texts -> GgufType.STRING;
            case GgufValue.Scalar scalar -> throw wrongType(key, "an array", scalar);
            case GgufValue.Text text -> throw wrongType(key, "an array", text);
        };
    }

    /** A string; what is not UTF-8 in it becomes U+FFFD. */
    public String string(String key) {
        GgufValue value = require(key, "a string");
        if (!(value instanceof GgufValue.Text text)) {
            throw wrongType(key, "a string", value);
        }
        return new String(bytes(text), StandardCharsets.UTF_8);
    }

    public Optional<String> optionalString(String key) {
        return has(key) ? Optional.of(string(key)) : Optional.empty();
    }

    /** An integer of any type. */
    public long integer(String key) {
        GgufValue value = require(key, "an integer");
        if (!(value instanceof GgufValue.Scalar scalar) || !scalar.type().integer()) {
            throw wrongType(key, "an integer", value);
        }
        return toLong(key, scalar);
    }

    public OptionalLong optionalInteger(String key) {
        return has(key) ? OptionalLong.of(integer(key)) : OptionalLong.empty();
    }

    /** A floating-point number or an integer. */
    public double number(String key) {
        GgufValue value = require(key, "a number");
        if (!(value instanceof GgufValue.Scalar scalar) || scalar.type() == GgufType.BOOL) {
            throw wrongType(key, "a number", value);
        }
        return scalar.number();
    }

    public OptionalDouble optionalNumber(String key) {
        return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
    }

    public boolean bool(String key) {
        GgufValue value = require(key, "a bool");
        if (!(value instanceof GgufValue.Scalar scalar) || scalar.type() != GgufType.BOOL) {
            throw wrongType(key, "a bool", value);
        }
        return scalar.bits() != 0;
    }

    public Optional<Boolean> optionalBool(String key) {
        return has(key) ? Optional.of(bool(key)) : Optional.empty();
    }

    /** An array of strings. */
    public GgufStrings strings(String key) {
        GgufValue value = require(key, "an array of strings");
        if (!(value instanceof GgufValue.Texts texts)) {
            throw wrongType(key, "an array of strings", value);
        }
        return new GgufStrings(texts.size(), header, texts.marks());
    }

    /** An integer of any type with the bits that it has: of a {@code UINT64} without sign. */
    public long integerBits(String key) {
        GgufValue value = require(key, "an integer");
        if (!(value instanceof GgufValue.Scalar scalar) || !scalar.type().integer()) {
            throw wrongType(key, "an integer", value);
        }
        return scalar.bits();
    }

    /** An array of integers of any type with the bits that they have: of {@code UINT64} without sign. */
    public long[] integersBits(String key) {
        GgufValue value = require(key, "an array of integers");
        if (!(value instanceof GgufValue.Numbers numbers) || !numbers.element().integer()) {
            throw wrongType(key, "an array of integers", value);
        }
        long[] bits = new long[numbers.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = numbers.get(header, i).bits();
        }
        return bits;
    }

    /** An array of integers of any type, each within the range of an {@code int}. */
    public int[] ints(String key) {
        GgufValue value = require(key, "an array of integers");
        if (!(value instanceof GgufValue.Numbers numbers) || !numbers.element().integer()) {
            throw wrongType(key, "an array of integers", value);
        }
        int[] ints = new int[numbers.size()];
        for (int i = 0; i < ints.length; i++) {
            long element = toLong(key, numbers.get(header, i));
            if (element != (int) element) {
                throw GgufException.of(
                        file, "integers of an array must fit 32 bits: key=%s, index=%d, value=%d", key, i, element);
            }
            ints[i] = (int) element;
        }
        return ints;
    }

    /** An array of floating-point numbers; those of 64 bits are rounded. */
    public float[] floats(String key) {
        GgufValue value = require(key, "an array of floats");
        if (!(value instanceof GgufValue.Numbers numbers) || !numbers.element().floating()) {
            throw wrongType(key, "an array of floats", value);
        }
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers.get(header, i).number();
        }
        return floats;
    }

    /** An array of truth values. */
    public boolean[] bools(String key) {
        GgufValue value = require(key, "an array of bools");
        if (!(value instanceof GgufValue.Numbers numbers) || numbers.element() != GgufType.BOOL) {
            throw wrongType(key, "an array of bools", value);
        }
        boolean[] bools = new boolean[numbers.size()];
        for (int i = 0; i < bools.length; i++) {
            bools[i] = numbers.get(header, i).bits() != 0;
        }
        return bools;
    }

    /** Writes a value as it stands in a file, after its type. */
    void write(String key, GgufBytes out) {
        switch (require(key, "a value")) {
            case GgufValue.Scalar scalar -> out.number(scalar);
            case GgufValue.Text text -> out.text(bytes(text));
            case GgufValue.Numbers numbers -> {
                out.int32(numbers.element().id()).int64(numbers.size());
                for (int i = 0; i < numbers.size(); i++) {
                    out.number(numbers.get(header, i));
                }
            }
            case GgufValue.Texts texts -> {
                out.int32(GgufType.STRING.id()).int64(texts.size());
                for (int i = 0; i < texts.size(); i++) {
                    out.text(strings(key).bytes(i));
                }
            }
        }
    }

    private byte[] bytes(GgufValue.Text text) {
        byte[] bytes = new byte[text.length()];
        header.get(text.at(), bytes);
        return bytes;
    }

    private GgufValue require(String key, String expected) {
        GgufValue value = values.get(key);
        if (value == null) {
            throw GgufException.of(file, "the metadata must have the key: key=%s, expected=%s", key, expected);
        }
        return value;
    }

    private long toLong(String key, GgufValue.Scalar scalar) {
        if (!scalar.fitsLong()) {
            throw GgufException.of(
                    file, "integers must be below 2^63: key=%s, value=%s", key, Long.toUnsignedString(scalar.bits()));
        }
        return scalar.bits();
    }

    private GgufException wrongType(String key, String expected, GgufValue value) {
        return GgufException.of(
                file,
                "the value of the key must be of the type asked for: key=%s, expected=%s, found=%s",
                key,
                expected,
                value.typeName());
    }
}
