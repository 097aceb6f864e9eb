package dev.javelin.runtime.gguf;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Tells what a file is that does not begin like a GGUF file, because people mix up a few other kinds with it. */
final class NotGguf {

    static final String MAGIC = "GGUF";
    private static final int GLANCE = 64;

    private NotGguf() {}

    /** Refuses bytes that do not begin with the magic of GGUF. */
    static void refuse(HeaderBytes bytes) {
        String file = bytes.file();
        long glance = Math.min(GLANCE, bytes.fileBytes());
        byte[] begin = new byte[(int) glance];
        bytes.upTo(glance).get(0, begin);
        String text = new String(begin, StandardCharsets.ISO_8859_1);
        if (text.startsWith(MAGIC)) {
            return;
        }
        if (begin.length < MAGIC.length()) {
            throw GgufException.of(file, "a GGUF file begins with GGUF: fileBytes=%d; download it again", begin.length);
        }
        throw GgufException.of(
                file,
                "a GGUF file begins with GGUF: found=%s, %s",
                HexFormat.of().formatHex(begin, 0, MAGIC.length()),
                describe(begin, text));
    }

    private static String describe(byte[] begin, String text) {
        String lower = text.toLowerCase(Locale.ROOT).stripLeading();
        return switch (text.substring(0, MAGIC.length()).toLowerCase(Locale.ROOT)) {
            case "ggml", "lmgg", "ggmf", "fmgg", "ggjt", "tjgg" ->
                "which is a GGML file, the format before August 2023; convert the model anew or take one in GGUF";
            case "ggla", "algg" -> "which is an adapter (LoRA) in the format before GGUF; convert it anew";
            case "pk\3\4" ->
                "which is a ZIP archive, as PyTorch writes its models; convert the model to GGUF, or unpack the"
                        + " archive";
            default -> {
                if (begin[0] == 0x1F && begin[1] == (byte) 0x8B) {
                    yield "which is a gzip archive; unpack it";
                }
                if (begin[0] == (byte) 0x80 && begin[1] == 2) {
                    yield "which is a Python pickle, as old PyTorch wrote its models; convert the model to GGUF";
                }
                if (lower.startsWith("version https://git-lfs")) {
                    yield "which is a pointer of Git LFS in place of the file; fetch it with: git lfs pull";
                }
                if (lower.startsWith("<!doctype") || lower.startsWith("<html") || lower.startsWith("<?xml")) {
                    yield "which is a web page; the download got the page in place of the file";
                }
                if (begin.length > 9 && begin[8] == '{' && begin[9] == '"') {
                    yield "which is a safetensors file; convert the model to GGUF";
                }
                if (lower.startsWith("{")) {
                    yield "which is JSON; the download got an answer in place of the file";
                }
                if (text.chars().allMatch(c -> c == 0)) {
                    yield "which are zeros; the download did not write the file's beginning";
                }
                yield "of an unknown kind";
            }
        };
    }
}
