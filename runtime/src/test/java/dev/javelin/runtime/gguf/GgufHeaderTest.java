package dev.javelin.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes a file unreadable: one broken rule each, and what is said of it. */
class GgufHeaderTest {

    private static final int U8 = GgufType.UINT8.id();
    private static final int STRING = GgufType.STRING.id();
    private static final int ARRAY = GgufType.ARRAY.id();

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(empty().version(1), "the version must be 2 or 3: version=1, of August 2023; convert"),
                arguments(empty().version(4), "the version must be 2 or 3: version=4; download"),
                arguments(empty().version(0), "version=0"),
                arguments(empty().version(-1), "version=4294967295"),
                arguments(empty().tensorCount(-1), "at most 65536 tensors: tensors=18446744073709551615"),
                arguments(empty().tensorCount(1L << 62), "at most 65536 tensors: tensors=4611686018427387904"),
                arguments(empty().tensorCount(60_000), "list of tensors needs 60000 x 32 bytes from byte 16"),
                arguments(empty().keyCount(-1), "at most 16384 keys: keys=18446744073709551615"),
                arguments(empty().keyCount(1 << 20), "at most 16384 keys: keys=1048576"),
                arguments(empty().keyCount(16_000), "list of keys needs 16000 x 13 bytes from byte 24"),
                arguments(TinyModel.writer().again("llama.block_count"), "once: key=llama.block_count, again at byte"),
                arguments(empty().u8("", 1), "the name must not be empty: key 0, at byte 24"),
                arguments(empty().u8("a\nb", 1), "no control characters: key 0"),
                arguments(empty().u8("k".repeat(1025), 1), "at most 1024 bytes: key 0, length=1025, at byte 24"),
                arguments(empty().value(new byte[] {'a', (byte) 0xC0}, U8, new byte[1]), "must be UTF-8: key 0"),
                arguments(empty().value("a", 13, new byte[8]), "0 to 12: key=a, type=13, at byte 33"),
                arguments(empty().value("a", -1, new byte[8]), "0 to 12: key=a, type=4294967295"),
                arguments(empty().value("a", GgufType.BOOL.id(), new byte[] {2}), "a bool is 0 or 1: key=a, value=2"),
                arguments(
                        empty().array("a", GgufType.BOOL.id(), 2, new byte[] {1, -1}),
                        "a bool is 0 or 1: key=a, index=1, value=255"),
                arguments(empty().array("a", ARRAY, 1, new byte[64]), "an array must not hold arrays: key=a"),
                arguments(empty().array("a", 99, 1, new byte[64]), "0 to 12: key=a, type=99"),
                arguments(empty().array("a", U8, -1, new byte[8]), "elements: key=a, elements=18446744073709551615"),
                arguments(empty().array("a", U8, 1 << 25, new byte[8]), "16777216 elements: key=a, elements=33554432"),
                arguments(empty().array("a", U8, 1 << 20, new byte[8]), "key=a needs 1048576 bytes from byte 49"),
                arguments(
                        empty().array("a", GgufType.FLOAT64.id(), 2, new byte[15]),
                        "key=a needs 2 x 8 bytes from byte 49, fileBytes=64; download it again"),
                arguments(empty().array("a", STRING, 3, new byte[23]), "key=a needs 3 x 8 bytes from byte 49"),
                arguments(empty().array("a", STRING, 1, longs(-1)), "key=a, index=0, length=18446744073709551615"),
                arguments(empty().array("a", STRING, 1, longs(1 << 25)), "key=a, index=0, length=33554432"),
                arguments(empty().array("a", STRING, 2, longs(0, 9)), "key=a, index=1 needs 9 bytes from byte 65"),
                arguments(empty().array("a", STRING, 2, longs(3, 0)), "key=a, index=1 needs 8 bytes from byte 60"),
                arguments(empty().value("a", STRING, longs(Long.MAX_VALUE)), "key=a, length=9223372036854775807"),
                arguments(empty().value("a", STRING, longs(5)), "key=a needs 5 bytes from byte 45"),
                arguments(empty().value("a", GgufType.UINT64.id(), new byte[3]), "key=a needs 8 bytes from byte 37"),
                arguments(
                        empty().u32("general.alignment", 0),
                        "power of two from 8 up to 1048576: key=general.alignment, value=0"),
                arguments(empty().u32("general.alignment", 4), "key=general.alignment, value=4"),
                arguments(empty().u32("general.alignment", 48), "key=general.alignment, value=48"),
                arguments(empty().u32("general.alignment", 1 << 30), "key=general.alignment, value=1073741824"),
                arguments(empty().u64("general.alignment", 32), "UINT32: key=general.alignment, found=UINT64"),
                arguments(empty().string("general.alignment", "32"), "key=general.alignment, found=STRING"),
                arguments(empty().tensor("", Format.F32, 1), "must not be empty: name of tensor 0"),
                arguments(empty().tensor("n".repeat(64), Format.F32, 1), "63 bytes: name of tensor 0, length=64"),
                arguments(
                        empty().tensor("a", Format.F32, 1).tensor("a", Format.F32, 1),
                        "the tensor must occur once: tensor=a"),
                arguments(empty().tensor("a", 0, new byte[4], null), "1 to 4 dimensions: tensor=a, dimensions=0"),
                arguments(empty().tensor("a", Format.F32, 1, 1, 1, 1, 1), "tensor=a, dimensions=5"),
                arguments(empty().u16("split.count", 3), "the metadata must have the key: key=split.no"),
                arguments(empty().u16("split.count", 3).u16("split.no", 3), "split.no=3, split.count=3"),
                arguments(empty().i32("split.count", -1), "at most 65535 parts: key=split.count, value=-1"),
                arguments(empty().i32("split.count", 1 << 20), "key=split.count, value=1048576"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(GgufWriter writer, String message) {
        refuses(writer.bytes(), message);
    }

    @Test
    void aBeginningIsRefusedWhereverItEnds() {
        byte[] file = TinyModel.writer().bytes();
        int dataAt = (int) header(file).dataOffset();
        int headerEnd = dataAt - 32;
        for (int length = 0; length < headerEnd; length++) {
            byte[] begin = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> header(begin))
                    .as("length=%d", length)
                    .isInstanceOf(GgufException.class)
                    .hasMessageContaining("download it again");
        }
    }

    @Test
    void otherKindsOfFilesAreNamed() {
        refuses(new byte[0], "fileBytes=0; download it again");
        refuses(text("GG"), "fileBytes=2");
        refuses(text("lmgg\3\0\0\0"), "found=6c6d6767, which is a GGML file, the format before August 2023");
        refuses(text("tjgg\3\0\0\0"), "which is a GGML file");
        refuses(text("algg\1\0\0\0"), "adapter (LoRA)");
        refuses(text("PK\3\4...."), "ZIP archive, as PyTorch writes");
        refuses(text("\u0080\2}q...."), "Python pickle");
        refuses(text("\u001F\u008B\b....."), "gzip archive; unpack it");
        refuses(text("\u0010\1\0\0\0\0\0\0{\"__metadata__\":{}"), "safetensors file; convert the model to GGUF");
        refuses(text("version https://git-lfs.github.com/spec/v1\noid"), "fetch it with: git lfs pull");
        refuses(text("<!DOCTYPE html><html>"), "which is a web page");
        refuses(text("\n <html lang=en>"), "which is a web page");
        refuses(text("{\"error\":\"not found\"}"), "which is JSON");
        refuses(new byte[100], "which are zeros");
        refuses(text("anything else"), "of an unknown kind");
    }

    @Test
    void theByteOrderIsThatOfTheVersion() {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            GgufHeader header =
                    header(new GgufWriter(order).version(2).u32("a", 7).bytes());
            assertThat(header.order()).isEqualTo(order);
            assertThat(header.version()).isEqualTo(2);
            assertThat(header.metadata().integer("a")).isEqualTo(7);
        }
    }

    private static GgufWriter empty() {
        return new GgufWriter();
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(bytes::putLong);
        return bytes.array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static GgufHeader header(byte[] file) {
        return GgufHeader.read(HeaderBytes.of("test.gguf", MemorySegment.ofArray(file)));
    }

    private static void refuses(byte[] file, String message) {
        assertThatThrownBy(() -> header(file))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith("file=test.gguf")
                .hasNoCause();
    }
}
