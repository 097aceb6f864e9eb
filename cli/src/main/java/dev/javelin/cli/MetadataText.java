package dev.javelin.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.javelin.runtime.gguf.GgufMetadata;
import dev.javelin.runtime.gguf.GgufStrings;
import dev.javelin.runtime.gguf.GgufType;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Shows the values of a file's metadata, long ones shortened. */
final class MetadataText {
    private static final int LONGEST = 120;
    private static final int ELEMENTS = 8;

    private MetadataText() {}

    static String of(GgufMetadata metadata, String key) {
        GgufType type = metadata.type(key);
        if (type == GgufType.STRING) {
            return Quoted.of(metadata.string(key), LONGEST);
        }
        if (type != GgufType.ARRAY) {
            return scalar(metadata, key, type);
        }
        GgufType element = metadata.elementType(key);
        if (element == GgufType.ARRAY) {
            return "arrays";
        }
        int size = size(metadata, key, element);
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(size, ELEMENTS); i++) {
            shown.add(element(metadata, key, element, i));
        }
        String more = size > ELEMENTS ? ", … " : "";
        return "[" + String.join(", ", shown) + more + "] " + size + " × " + element;
    }

    /** Arrays as how many elements of what they have: no program wants a vocabulary from here. */
    static void write(GgufMetadata metadata, String key, JsonGenerator json) throws IOException {
        GgufType type = metadata.type(key);
        switch (type) {
            case STRING -> json.writeStringField(key, metadata.string(key));
            case BOOL -> json.writeBooleanField(key, metadata.bool(key));
            case ARRAY -> {
                GgufType element = metadata.elementType(key);
                json.writeObjectFieldStart(key);
                json.writeStringField("elements", element.name());
                if (element != GgufType.ARRAY) {
                    json.writeNumberField("size", size(metadata, key, element));
                }
                json.writeEndObject();
            }
            case FLOAT32, FLOAT64 -> json.writeNumberField(key, metadata.number(key));
            case UINT64 -> json.writeNumberField(key, new BigInteger(integer(type, metadata.integerBits(key))));
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, INT64 -> json.writeNumberField(key, metadata.integer(key));
        }
    }

    private static String scalar(GgufMetadata metadata, String key, GgufType type) {
        return switch (type) {
            case BOOL -> Boolean.toString(metadata.bool(key));
            case FLOAT32 -> Float.toString((float) metadata.number(key));
            case FLOAT64 -> Double.toString(metadata.number(key));
            default -> integer(type, metadata.integerBits(key));
        };
    }

    private static int size(GgufMetadata metadata, String key, GgufType element) {
        return switch (element) {
            case STRING -> metadata.strings(key).size();
            case BOOL -> metadata.bools(key).length;
            case FLOAT32, FLOAT64 -> metadata.floats(key).length;
            default -> metadata.integersBits(key).length;
        };
    }

    private static String element(GgufMetadata metadata, String key, GgufType element, int index) {
        if (element == GgufType.STRING) {
            GgufStrings strings = metadata.strings(key);
            return Quoted.of(strings.get(index), LONGEST / ELEMENTS);
        }
        return switch (element) {
            case BOOL -> Boolean.toString(metadata.bools(key)[index]);
            case FLOAT32, FLOAT64 -> Float.toString(metadata.floats(key)[index]);
            default -> integer(element, metadata.integersBits(key)[index]);
        };
    }

    private static String integer(GgufType type, long bits) {
        return type == GgufType.UINT64 ? Long.toUnsignedString(bits) : Long.toString(bits);
    }
}
