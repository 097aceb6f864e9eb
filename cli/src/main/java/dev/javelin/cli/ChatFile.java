package dev.javelin.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.javelin.api.JavelinException;
import dev.javelin.runtime.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The messages of a chat in a file: one JSON object with a list {@code messages}, each with a role and a content. */
final class ChatFile {
    private ChatFile() {}

    static void save(String file, List<Message> messages) {
        String text = Json.object(json -> {
            json.writeArrayFieldStart("messages");
            for (Message message : messages) {
                json.writeStartObject();
                json.writeStringField("role", message.role());
                json.writeStringField("content", message.content());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        try {
            Files.writeString(Path.of(file), text + "\n");
        } catch (IOException | InvalidPathException e) {
            throw new JavelinException("the chat must be writable: file=%s, %s".formatted(file, e), e);
        }
    }

    static List<Message> load(String file) {
        try (JsonParser json = new JsonFactory().createParser(Files.readAllBytes(Path.of(file)))) {
            List<Message> messages = new ArrayList<>();
            expect(json.nextToken(), JsonToken.START_OBJECT, file);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("messages");
                JsonToken value = json.nextToken();
                if (wanted) {
                    expect(value, JsonToken.START_ARRAY, file);
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        messages.add(message(json, file));
                    }
                } else {
                    json.skipChildren();
                }
            }
            return messages;
        } catch (IOException | InvalidPathException e) {
            throw new JavelinException("the chat must be a file that /save wrote: file=%s, %s".formatted(file, e), e);
        }
    }

    private static Message message(JsonParser json, String file) throws IOException {
        String role = "";
        String content = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "role" -> {
                    expect(value, JsonToken.VALUE_STRING, file);
                    role = json.getText();
                }
                case "content" -> {
                    expect(value, JsonToken.VALUE_STRING, file);
                    content = json.getText();
                }
                default -> json.skipChildren();
            }
        }
        if (role.isEmpty()) {
            throw new JavelinException("every message of a chat must have a role: file=" + file);
        }
        return new Message(role, content, java.util.Map.of());
    }

    private static void expect(JsonToken found, JsonToken wanted, String file) {
        if (found != wanted) {
            throw new JavelinException("the chat must be a file that /save wrote: file=%s, found=%s, wanted=%s"
                    .formatted(file, found, wanted));
        }
    }
}
