package dev.javelin.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Format;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitFilesTest {

    @TempDir
    Path folder;

    @Test
    void anyPartOpensAll() {
        Path[] paths = {write(1, part(0)), write(2, part(1)), write(3, part(2))};
        for (Path path : paths) {
            try (GgufFile file = GgufFile.open(path)) {
                assertThat(file.paths()).containsExactly(paths);
                assertThat(file.name()).isEqualTo(paths[0].toString());
                assertThat(file.metadata().integer("only.in.first")).isEqualTo(1);
                assertThat(file.tensors()).extracting(GgufTensor::name).containsExactly("t0", "t1", "t2");
                assertThat(file.tensors()).extracting(GgufTensor::part).containsExactly(0, 1, 2);
                for (int i = 0; i < 3; i++) {
                    assertThat(file.segment(file.tensors().get(i)).get(ValueLayout.JAVA_BYTE, 0))
                            .isEqualTo((byte) i);
                }
            }
        }
    }

    @Test
    void aModelOfOnePartNeedsNoSuchName() {
        Path path = new GgufWriter().u16("split.no", 0).u16("split.count", 1).write(folder.resolve("whole.gguf"));
        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.paths()).containsExactly(path);
        }
    }

    @Test
    void aMissingPartIsNamed() {
        write(1, part(0));
        Path third = write(3, part(2));
        refuses(
                third,
                "all parts of a split model must lie in one folder: missing=2, of=3, file="
                        + folder.resolve("m-00002-of-00003.gguf"));
    }

    @Test
    void aPartUnderAnotherNameIsRefused() throws IOException {
        Path first = write(1, part(0));
        refuses(Files.move(first, folder.resolve("renamed.gguf")), "expected=…-00001-of-00003.gguf");
        refuses(write(2, part(0)), "expected=…-00001-of-00003.gguf");
    }

    @Test
    void partsOfDifferentModelsAreRefused() {
        write(2, part(1));
        write(3, part(2));
        refuses(write(1, part(0).u16("split.count", 4)), "expected=…-00001-of-00004.gguf");
        refuses(write(1, part(0).i32("split.tensors.count", 4)), "parts must be of one model");
        write(1, part(0));
        refuses(write(3, part(1)), "named by its number");
        write(3, part(2).u16("split.count", 2).u16("split.no", 1));
        refuses(folder.resolve("m-00001-of-00003.gguf"), "parts must be of one model", "m-00003-of-00003.gguf");
    }

    @Test
    void theByteOrderIsOne() {
        write(1, part(0));
        write(2, part(1, new GgufWriter(ByteOrder.BIG_ENDIAN)));
        refuses(write(3, part(2)), "parts must have one byte order: found=BIG_ENDIAN, first part=LITTLE_ENDIAN");
    }

    @Test
    void aTensorInTwoPartsIsRefused() {
        write(1, part(0));
        write(2, part(1).tensor("t0", Format.I8, 1));
        refuses(
                write(3, part(2)),
                "a tensor is in one part only: tensor=t0, also in=" + folder.resolve("m-00001-of-00003.gguf"));
    }

    @Test
    void aMissingTensorIsCounted() {
        write(1, part(0));
        write(2, part(1).withoutTensor("t1"));
        refuses(write(3, part(2)), "the parts must have all tensors: split.tensors.count=3, found=2");
    }

    @Test
    void aFaultNamesThePart() throws IOException {
        write(1, part(0));
        Path second = write(2, part(1));
        Path third = write(3, part(2));
        Files.write(second, new byte[] {'G', 'G'});
        refuses(third, "fileBytes=2", second.toString());
        write(2, part(1).tensor("x", 99, new byte[1], null, 1).i32("split.tensors.count", 4));
        write(1, part(0).i32("split.tensors.count", 4));
        write(3, part(2).i32("split.tensors.count", 4));
        try (GgufFile file = GgufFile.open(third)) {
            assertThat(file.faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.message()).contains("id=99", second.toString()));
        }
    }

    private static GgufWriter part(int number) {
        return part(number, new GgufWriter());
    }

    private static GgufWriter part(int number, GgufWriter writer) {
        if (number == 0) {
            writer.u32("only.in.first", 1);
        }
        return writer.u16("split.no", number)
                .u16("split.count", 3)
                .i32("split.tensors.count", 3)
                .tensor("t" + number, Format.I8, new byte[] {(byte) number}, 1);
    }

    private Path write(int name, GgufWriter writer) {
        return writer.write(folder.resolve("m-0000" + name + "-of-00003.gguf"));
    }

    private static void refuses(Path path, String... messages) {
        assertThatThrownBy(() -> GgufFile.open(path))
                .isInstanceOf(GgufException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).contains(messages));
    }
}
