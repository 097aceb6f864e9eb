package dev.javelin.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.javelin.kernels.refs.Refs;
import dev.javelin.runtime.gguf.GgufFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every vocabulary, string and prompt of the reference data has the tokens and pieces that llama.cpp gave it. */
@Tag("refs")
class TokenizersRefsTest {

    private static final String SEPARATOR = "\n__ggml_vocab_test__\n";
    private static final EncodeOptions ADD_SPECIAL = new EncodeOptions(true, false);
    private static final EncodeOptions PARSE_SPECIAL = new EncodeOptions(false, true);

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> failures = new ArrayList<>();
    private int passed;
    private int run;

    @Test
    void encodingAndPiecesEqualTheReference() throws IOException {
        Path folder = Refs.folder("tokenizers");
        List<Path> cases = files(folder, ".cases.json");
        List<Path> inputs = files(folder, ".gguf.inp");
        assertThat(cases.size() + inputs.size()).as("files in %s", folder).isPositive();
        for (Path file : inputs) {
            checkLines(file);
        }
        for (Path file : cases) {
            checkCases(file);
        }
        System.out.println("tokenizers " + passed + "/" + run);
        assertThat(failures).isEmpty();
    }

    @Test
    void promptsOfModelsEqualTheReference() throws IOException {
        Path folder = Refs.folder("models");
        for (JsonNode model :
                json.readTree(folder.resolve("index.json").toFile()).required("models")) {
            Tokenizer tokenizer =
                    tokenizer(folder.resolve(model.required("file").textValue()), null, null);
            for (JsonNode modelRun : model.required("runs")) {
                String name = modelRun.required("tokens_file").textValue();
                JsonNode tokens = json.readTree(folder.resolve(name).toFile());
                String prompt = tokens.required("prompt").textValue();
                check(name, prompt, tokenizer.encode(prompt, EncodeOptions.PROMPT), ids(tokens.required("tokens")));
            }
        }
        System.out.println("tokenizers of models " + passed + "/" + run);
        assertThat(run).isPositive();
        assertThat(failures).isEmpty();
    }

    private void checkLines(Path input) throws IOException {
        String name = input.getFileName().toString();
        Path vocabulary = input.resolveSibling(name.substring(0, name.length() - ".inp".length()));
        Tokenizer tokenizer = tokenizer(vocabulary, null, null);
        String[] texts = Files.readString(input).split(SEPARATOR, -1);
        List<String> lines = Files.readAllLines(Path.of(vocabulary + ".out"));
        List<String> named = texts[texts.length - 1].isEmpty() && texts.length == lines.size() + 1
                ? Arrays.asList(texts).subList(0, lines.size())
                : Arrays.asList(texts);
        assertThat(named).as(name).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            int[] expected = Stream.of(lines.get(i).split(" "))
                    .filter(id -> !id.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            check(name, named.get(i), tokenizer.encode(named.get(i), EncodeOptions.PLAIN), expected);
        }
    }

    private void checkCases(Path file) throws IOException {
        String name = file.getFileName().toString();
        String[] parts =
                name.substring(0, name.length() - ".cases.json".length()).split("@", -1);
        JsonNode all = json.readTree(file.toFile());
        String pre = null;
        Boolean spacePrefix = null;
        for (String override : Arrays.asList(parts).subList(1, parts.length)) {
            int equals = override.indexOf('=');
            String value = override.substring(equals + 1);
            switch (override.substring(0, Math.max(equals, 0))) {
                case "pre" -> pre = value;
                case "add_space_prefix" -> spacePrefix = Boolean.valueOf(value);
                default -> throw new IllegalStateException("no such override: file=" + file);
            }
        }
        Tokenizer tokenizer = tokenizer(file.resolveSibling("ggml-vocab-" + parts[0] + ".gguf"), pre, spacePrefix);
        check(name + " n_vocab", tokenizer.size() == all.required("n_vocab").intValue());
        check(name + " bos", id(tokenizer.bos()) == all.required("bos").intValue());
        check(name + " eos", id(tokenizer.eos()) == all.required("eos").intValue());
        check(name + " add_bos", tokenizer.addsBos() == all.required("add_bos").booleanValue());
        check(name + " add_eos", tokenizer.addsEos() == all.required("add_eos").booleanValue());
        for (JsonNode one : all.required("cases")) {
            checkCase(name, tokenizer, one);
        }
        for (JsonNode one : all.path("invalid_utf8")) {
            byte[] bytes = Base64.getDecoder().decode(one.required("base64").textValue());
            int[] ids = tokenizer.encode(bytes, EncodeOptions.PLAIN);
            String valid = new String(bytes, StandardCharsets.UTF_8);
            check(name + " invalid " + one, tokenizer.decode(ids).endsWith(valid));
        }
    }

    private void checkCase(String name, Tokenizer tokenizer, JsonNode one) {
        String text = one.required("text").textValue();
        int[] ids = ids(one.required("ids"));
        check(name, text, tokenizer.encode(text, EncodeOptions.PLAIN), ids);
        check(name + " add", text, tokenizer.encode(text, ADD_SPECIAL), ids(one.required("ids_add_special")));
        check(name + " parse", text, tokenizer.encode(text, PARSE_SPECIAL), ids(one.required("ids_parse_special")));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        for (int id : ids) {
            printed.writeBytes(tokenizer.piece(id));
        }
        check(name + " pieces of " + text, Arrays.equals(printed.toByteArray(), pieces(one)));
        TextStream stream = tokenizer.stream();
        StringBuilder streamed = new StringBuilder();
        for (int id : ids) {
            streamed.append(stream.next(id));
        }
        streamed.append(stream.end());
        check(name + " stream of " + text, streamed.toString().equals(printed.toString(StandardCharsets.UTF_8)));
    }

    private static byte[] pieces(JsonNode one) {
        for (String key : List.of("pieces", "detokenized")) {
            if (one.has(key)) {
                return one.get(key).textValue().getBytes(StandardCharsets.UTF_8);
            }
            if (one.has(key + "_base64")) {
                return Base64.getDecoder().decode(one.get(key + "_base64").textValue());
            }
        }
        throw new IllegalStateException("the case must say what its tokens print: " + one);
    }

    private void check(String what, String text, int[] actual, int[] expected) {
        run++;
        if (Arrays.equals(actual, expected)) {
            passed++;
        } else {
            failures.add(what + ": text=" + json.valueToTree(text) + ", expected=" + Arrays.toString(expected)
                    + ", actual=" + Arrays.toString(actual));
        }
    }

    private void check(String what, boolean holds) {
        run++;
        if (holds) {
            passed++;
        } else {
            failures.add(what);
        }
    }

    private static int id(OptionalInt id) {
        return id.orElse(-1);
    }

    private static int[] ids(JsonNode array) {
        int[] ids = new int[array.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = array.get(i).intValue();
        }
        return ids;
    }

    private static Tokenizer tokenizer(Path file, @Nullable String pre, @Nullable Boolean spacePrefix) {
        try (GgufFile gguf = GgufFile.open(file)) {
            return Specs.tokenizer(gguf.metadata(), pre, spacePrefix);
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
