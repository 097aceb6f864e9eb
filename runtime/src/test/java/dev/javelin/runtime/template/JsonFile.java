package dev.javelin.runtime.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON read into the plain values that templates take. */
final class JsonFile {

    private JsonFile() {}

    static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode resource(String name) {
        try (InputStream in = JsonFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the test resource is missing: name=" + name);
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER ->
                node.isIntegralNumber()
                        ? (Object) (node.canConvertToLong() ? node.longValue() : integer(node))
                        : (Object) node.doubleValue();
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                node.forEach(item -> list.add(value(item)));
                yield list;
            }
            case OBJECT -> map(node);
            case NULL -> null;
            default -> throw new IllegalStateException("not JSON: " + node);
        };
    }

    private static BigInteger integer(JsonNode node) {
        return node.bigIntegerValue();
    }

    static Map<String, @Nullable Object> map(JsonNode node) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
        return map;
    }

    /** An input with every entry of the object as a variable. */
    static TemplateInput input(JsonNode variables) {
        TemplateInput input = TemplateInput.of(List.of());
        for (Map.Entry<String, @Nullable Object> variable : map(variables).entrySet()) {
            input = input.variable(variable.getKey(), variable.getValue());
        }
        return input;
    }
}
