package dev.javelin.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.javelin.api.JavelinException;
import dev.javelin.runtime.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of a chat in a file: one JSON object with a list {@code messages}, each with a role and a content. */
final class ChatFile {
    private static final long MOST_BYTES = 64L << 20;

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
            throw new JavelinException("the chat must be writable: file=" + file, e);
        }
    }

    /**
     * The messages of a file.
     *
     * @throws JavelinException if it is not, from its beginning to its end, what {@link #save} writes
     */
    static List<Message> load(String file) {
        try (JsonParser json = new JsonFactory().createParser(read(Path.of(file)))) {
            List<Message> messages = null;
            expect(json.nextToken(), JsonToken.START_OBJECT, file);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("messages");
                JsonToken value = json.nextToken();
                if (wanted) {
                    expect(value, JsonToken.START_ARRAY, file);
                    messages = messages(json, file);
                } else {
                    json.skipChildren();
                }
            }
            if (messages == null || json.nextToken() != null) {
                throw foreign(file, null);
            }
            return messages;
        } catch (NoSuchFileException e) {
            throw new JavelinException("there is no such file: " + file, e);
        } catch (JsonProcessingException | InvalidPathException e) {
            throw foreign(file, e);
        } catch (IOException e) {
            throw new JavelinException("the file must be readable: file=" + file, e);
        }
    }

    /** Of a regular file only, as others may have no end, or not begin. */
    private static byte[] read(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new JavelinException("a chat must be a regular file: file=" + file);
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new JavelinException("the file is too large for a chat: file=%s, bytes=%d, most=%d"
                    .formatted(file, Files.size(file), MOST_BYTES));
        }
        return Files.readAllBytes(file);
    }

    private static List<Message> messages(JsonParser json, String file) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            expect(next, JsonToken.START_OBJECT, file);
            messages.add(message(json, file));
        }
        return messages;
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

    private static void expect(@Nullable JsonToken found, JsonToken wanted, String file) {
        if (found != wanted) {
            throw foreign(file, null);
        }
    }

    private static JavelinException foreign(String file, @Nullable Exception cause) {
        return new JavelinException("the chat must be a file that /save wrote: file=" + file, cause);
    }
}
