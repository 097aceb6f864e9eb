package dev.javelin.tiny;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.javelin.runtime.Chat;
import dev.javelin.runtime.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What another implementation computes with the model. */
record Golden(double perplexity, int chunk, int scored, List<Case> cases) {

    /** One chat, its prompt and its answer. */
    record Case(
            List<Map<String, Object>> messages,
            List<Map<String, Object>> tools,
            List<Integer> prompt,
            List<Integer> greedy,
            String text) {

        /** Tokens of the prompt and the answer. */
        int tokens() {
            return prompt.size() + greedy.size();
        }

        /** The chat with this one's messages and tools. */
        Chat in(Chat empty) {
            for (Map<String, Object> message : messages) {
                Map<String, Object> more = new LinkedHashMap<>(message);
                String role = String.valueOf(more.remove("role"));
                Object content = more.remove("content");
                empty.add(new Message(role, content == null ? "" : String.valueOf(content), more));
            }
            return empty.tools(tools);
        }

        @Override
        public String toString() {
            return String.valueOf(messages.getLast().get("content"));
        }
    }

    static Golden read() {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(resource("golden.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Case> cases = new ArrayList<>();
        for (JsonNode node : root.required("cases")) {
            cases.add(new Case(
                    maps(node.required("messages")),
                    node.has("tools") ? maps(node.required("tools")) : List.of(),
                    ints(node.required("prompt_tokens")),
                    ints(node.required("greedy_tokens")),
                    node.required("text").textValue()));
        }
        JsonNode perplexity = root.required("perplexity");
        return new Golden(
                perplexity.required("f16").doubleValue(),
                perplexity.required("chunk").intValue(),
                perplexity.required("scored_tokens").intValue(),
                List.copyOf(cases));
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> ints(JsonNode array) {
        List<Integer> ints = new ArrayList<>();
        array.forEach(element -> ints.add(element.intValue()));
        return ints;
    }

    private static List<Map<String, Object>> maps(JsonNode array) {
        List<Map<String, Object>> maps = new ArrayList<>();
        array.forEach(element -> maps.add(map(element)));
        return maps;
    }

    private static Map<String, Object> map(JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            Object value = value(field.getValue());
            if (value != null) {
                map.put(field.getKey(), value);
            }
        });
        return map;
    }

    private static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case OBJECT -> map(node);
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                node.forEach(element -> list.add(Objects.requireNonNull(value(element))));
                yield list;
            }
            default -> null;
        };
    }
}
