package dev.javelin.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class GgufMetadataTest {

    static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    @ParameterizedTest
    @FieldSource("ORDERS")
    void valuesOfAllTypesAreRead(ByteOrder order) {
        for (int version : new int[] {2, 3}) {
            GgufMetadata metadata = new GgufWriter(order)
                    .version(version)
                    .u8("u8", 200)
                    .i8("i8", -7)
                    .u16("u16", 60_000)
                    .i16("i16", -300)
                    .u32("u32", 0xFFFF_FFFE)
                    .i32("i32", -70_000)
                    .u64("u64", 1L << 40)
                    .i64("i64", -(1L << 40))
                    .f32("f32", 1.5f)
                    .f64("f64", 0.1)
                    .bool("yes", true)
                    .bool("no", false)
                    .string("text", "Grüße, 世界")
                    .strings("texts", List.of("a", "", "ß"))
                    .ints("ints", 1, -2, 3)
                    .floats("floats", 0.5f, -0.25f)
                    .array("bools", GgufType.BOOL.id(), 2, new byte[] {1, 0})
                    .array("bytes", GgufType.UINT8.id(), 3, new byte[] {1, -1, 0})
                    .metadata();

            assertThat(Stream.of("u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64")
                            .map(metadata::integer))
                    .containsExactly(200L, -7L, 60_000L, -300L, 0xFFFF_FFFEL, -70_000L, 1L << 40, -(1L << 40));
            assertThat(Stream.of("f32", "f64", "i16").map(metadata::number)).containsExactly(1.5, 0.1, -300.0);
            assertThat(Stream.of("yes", "no").map(metadata::bool)).containsExactly(true, false);
            assertThat(metadata.string("text")).isEqualTo("Grüße, 世界");
            GgufStrings texts = metadata.strings("texts");
            assertThat(IntStream.range(0, texts.size()).mapToObj(texts::get)).containsExactly("a", "", "ß");
            assertThat(texts.bytes(2)).isEqualTo("ß".getBytes(StandardCharsets.UTF_8));
            assertThat(metadata.ints("ints")).containsExactly(1, -2, 3);
            assertThat(metadata.ints("bytes")).containsExactly(1, 255, 0);
            assertThat(metadata.floats("floats")).containsExactly(0.5f, -0.25f);
            assertThat(metadata.bools("bools")).containsExactly(true, false);
            assertThat(metadata.keys()).hasSize(18).startsWith("u8").endsWith("bytes");
            assertThat(metadata.type("bytes")).isEqualTo(GgufType.ARRAY);
            assertThat(Stream.of("texts", "ints", "floats", "bools", "bytes").map(metadata::elementType))
                    .containsExactly(GgufType.STRING, GgufType.INT32, GgufType.FLOAT32, GgufType.BOOL, GgufType.UINT8);
            assertThatThrownBy(() -> metadata.elementType("text"))
                    .hasMessageContaining("expected=an array, found=STRING");
            assertThat(metadata.type("u16")).isEqualTo(GgufType.UINT16);
        }
    }

    @Test
    void everyStringOfALongArrayIsFound() {
        List<String> expected =
                IntStream.range(0, 1000).mapToObj(i -> "x".repeat(i % 37) + i).toList();
        GgufStrings strings =
                new GgufWriter().strings("texts", expected).metadata().strings("texts");
        assertThat(IntStream.range(0, strings.size()).mapToObj(strings::get)).isEqualTo(expected);
        assertThatThrownBy(() -> strings.get(1000)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> strings.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void bytesThatAreNotUtf8AreKept() {
        byte[] wild = {(byte) 0xFF, 'a'};
        GgufStrings strings =
                new GgufWriter().byteStrings("texts", List.of(wild)).metadata().strings("texts");
        assertThat(strings.bytes(0)).isEqualTo(wild);
        assertThat(strings.get(0)).isEqualTo("\uFFFDa");
    }

    @Test
    void aMissingKeyIsEmptyWhereItIsOptional() {
        GgufMetadata metadata = new GgufWriter().metadata();
        assertThat(metadata.has("x")).isFalse();
        assertThat(metadata.optionalInteger("x")).isEmpty();
        assertThat(metadata.optionalNumber("x")).isEmpty();
        assertThat(metadata.optionalBool("x")).isEmpty();
        assertThat(metadata.optionalString("x")).isEmpty();
        List<Function<String, ?>> required = List.of(
                metadata::integer,
                metadata::number,
                metadata::bool,
                metadata::string,
                metadata::strings,
                metadata::ints,
                metadata::floats,
                metadata::bools,
                metadata::type);
        assertThat(required)
                .allSatisfy(read -> assertThatThrownBy(() -> read.apply("some.key"))
                        .isInstanceOf(GgufException.class)
                        .hasMessageStartingWith("the metadata must have the key: key=some.key, expected=")
                        .hasMessageEndingWith("file=test.gguf"));
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        GgufMetadata metadata = new GgufWriter()
                .string("text", "a")
                .u32("one", 1)
                .bool("yes", true)
                .floats("floats", 1f)
                .metadata();
        refuses(() -> metadata.integer("text"), "key=text, expected=an integer, found=STRING");
        refuses(() -> metadata.optionalInteger("text"), "key=text, expected=an integer, found=STRING");
        refuses(() -> metadata.integer("yes"), "key=yes, expected=an integer, found=BOOL");
        refuses(() -> metadata.number("yes"), "key=yes, expected=a number, found=BOOL");
        refuses(() -> metadata.bool("one"), "key=one, expected=a bool, found=UINT32");
        refuses(() -> metadata.string("one"), "key=one, expected=a string, found=UINT32");
        refuses(
                () -> metadata.strings("floats"),
                "key=floats, expected=an array of strings, found=an array of FLOAT32");
        refuses(() -> metadata.ints("floats"), "key=floats, expected=an array of integers, found=an array of FLOAT32");
        refuses(() -> metadata.floats("one"), "key=one, expected=an array of floats, found=UINT32");
        refuses(() -> metadata.bools("floats"), "key=floats, expected=an array of bools, found=an array of FLOAT32");
    }

    @Test
    void integersOutOfRangeAreRefused() {
        GgufMetadata metadata = new GgufWriter()
                .u64("huge", -1)
                .array("ints", GgufType.UINT32.id(), 2, new byte[] {1, 0, 0, 0, -1, -1, -1, -1})
                .metadata();
        refuses(() -> metadata.integer("huge"), "key=huge, value=18446744073709551615");
        assertThat(metadata.number("huge")).isEqualTo(0x1p64);
        refuses(() -> metadata.ints("ints"), "key=ints, index=1, value=4294967295");
    }

    private static void refuses(Runnable read, String message) {
        assertThatThrownBy(read::run)
                .isInstanceOf(GgufException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith("file=test.gguf");
    }
}
