package dev.javelin.api;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Dim.Symbol;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class TensorTest {

    /** Byte {@code i} of the memory is {@code i}. */
    private static MemorySegment counting(int bytes) {
        byte[] numbers = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            numbers[i] = (byte) i;
        }
        return MemorySegment.ofArray(numbers);
    }

    private static int firstByte(MemorySegment memory) {
        return memory.get(JAVA_BYTE, 0);
    }

    @Test
    void readsRowsOneAfterTheOther() {
        Tensor tensor = new Tensor("t", Format.Q8_0, Shape.of(3, 32), counting(102));
        assertThat(tensor.rows()).isEqualTo(3);
        assertThat(tensor.columns()).isEqualTo(32);
        assertThat(tensor.rowStride()).isEqualTo(34);
        assertThat(tensor.row(2).byteSize()).isEqualTo(34);
        assertThat(firstByte(tensor.row(2))).isEqualTo(68);
    }

    @Test
    void readsRowsWithGapsAndEndsWithTheLast() {
        Tensor tensor = new Tensor("t", Format.F16, Shape.of(3, 2), counting(100), 10);
        assertThat(firstByte(tensor.row(1))).isEqualTo(10);
        assertThat(tensor.rowBytes()).isEqualTo(4);
        assertThat(tensor.data().byteSize()).isEqualTo(24);
        assertThatThrownBy(() -> tensor.row(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tensor.row(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void cutsRows() {
        Tensor tensor = new Tensor("t", Format.F16, Shape.of(5, 2), counting(60), 10);
        Tensor cut = tensor.sliceRows(2, 4);
        assertThat(cut.shape()).isEqualTo(Shape.of(2, 2));
        assertThat(firstByte(cut.row(1))).isEqualTo(30);
        assertThat(cut.sliceRows(1, 2).rows()).isOne();
        assertThat(tensor.sliceRows(0, 5)).extracting(Tensor::rows).isEqualTo(5L);
        Refusal.of(() -> tensor.sliceRows(2, 2), "within the tensor", "from=2", "to=2", "rows=5");
        Refusal.of(() -> tensor.sliceRows(-1, 2), "from=-1");
        Refusal.of(() -> tensor.sliceRows(4, 6), "to=6", "tensor=t");
        Tensor stack = new Tensor("s", Format.F32, Shape.of(2, 2, 2), counting(32));
        Refusal.of(() -> stack.sliceRows(0, 1), "cut from a matrix", "tensor=s");
    }

    @Test
    void cutsColumnsAtBordersOfBlocks() {
        Tensor tensor = new Tensor("t", Format.Q8_0, Shape.of(2, 96), counting(204));
        Tensor cut = tensor.sliceColumns(32, 96);
        assertThat(cut.shape()).isEqualTo(Shape.of(2, 64));
        assertThat(cut.rowStride()).isEqualTo(102);
        assertThat(cut.rowBytes()).isEqualTo(68);
        assertThat(firstByte(cut.row(1))).isEqualTo((byte) (102 + 34));
        assertThat(firstByte(cut.sliceRows(1, 2).row(0))).isEqualTo((byte) 136);
        assertThat(cut.sliceColumns(32, 64).columns()).isEqualTo(32);
        Refusal.of(() -> tensor.sliceColumns(16, 96), "borders of blocks", "from=16", "Q8_0", "blockLength=32");
        Refusal.of(() -> tensor.sliceColumns(0, 95), "borders of blocks", "to=95");
        Refusal.of(() -> tensor.sliceColumns(32, 128), "to=128", "columns=96");
        Refusal.of(() -> tensor.sliceColumns(64, 32), "from=64");
    }

    @Test
    void cutsColumnsOfEveryMatrixOfAStack() {
        Tensor stack = new Tensor("s", Format.F16, Shape.of(2, 3, 4), counting(48));
        Tensor cut = stack.sliceColumns(2, 4);
        assertThat(cut.shape()).isEqualTo(Shape.of(2, 3, 2));
        assertThat(cut.rows()).isEqualTo(6);
        assertThat(firstByte(cut.row(5))).isEqualTo(44);
    }

    @Test
    void cutsMatricesFromAStack() {
        Tensor stack = new Tensor("s", Format.F16, Shape.of(4, 3, 2), counting(48));
        Tensor cut = stack.sliceMatrices(1, 3);
        assertThat(cut.shape()).isEqualTo(Shape.of(2, 3, 2));
        assertThat(firstByte(cut.row(0))).isEqualTo(12);
        assertThat(firstByte(cut.row(5))).isEqualTo(32);
        assertThat(cut.data().byteSize()).isEqualTo(24);
        Refusal.of(() -> stack.sliceMatrices(3, 5), "matrices=4");
        Refusal.of(() -> stack.sliceMatrices(2, 2), "from=2", "to=2");
        Refusal.of(
                () -> new Tensor("m", Format.F16, Shape.of(3, 2), counting(12)).sliceMatrices(0, 1), "a stack of them");
    }

    @Test
    void refusesSizesThatLie() {
        MemorySegment memory = counting(100);
        Refusal.of(
                () -> new Tensor("t", Format.F32, Shape.of(5, 6), memory),
                "must hold all rows",
                "tensor=t",
                "rows=5",
                "bytes=100");
        Refusal.of(() -> new Tensor("t", Format.F32, Shape.of(26), memory), "must hold all rows");
        Refusal.of(() -> new Tensor("t", Format.F32, Shape.of(2, 4), memory, 15), "must not overlap", "rowStride=15");
        Refusal.of(() -> new Tensor("t", Format.F32, Shape.of(2, 4), memory, -16), "must not overlap");
        Refusal.of(() -> new Tensor("t", Format.Q4_K, Shape.of(2, 255), memory), "whole blocks", "tensor=t", "255");
        Refusal.of(
                () -> new Tensor("t", Format.F32, Shape.rows(Symbol.TOKENS, 2), memory), "constant shape", "tensor=t");
    }

    @Test
    void refusesSizesThatOverflow() {
        MemorySegment memory = counting(100);
        int most = Integer.MAX_VALUE;
        Refusal.of(() -> new Tensor("t", Format.F32, Shape.of(most, most), memory), "must hold all rows");
        Refusal.of(() -> new Tensor("t", Format.F32, Shape.of(3, 2), memory, Long.MAX_VALUE), "must hold all rows");
        Refusal.of(() -> new Tensor("t", Format.F32, Shape.of(3, 2), memory, 1L << 63), "must not overlap");
        // (rows - 1) * stride wraps round to 0
        Refusal.of(() -> new Tensor("t", Format.F32, Shape.of(5, 2), memory, 1L << 62), "must hold all rows");
    }

    @Test
    void aSourceIsCheckedAgainstWhatTheProgramMeans() {
        Value weight = new Numbered().weight("w", Format.F32, 2, 3);
        Tensor tensor = new Tensor("w", Format.F32, Shape.of(2, 3), counting(24));
        WeightSource source = name -> tensor;
        assertThat(source.require(weight)).isSameAs(tensor);
        source.release("w");
        Value other = new Numbered().weight("w", Format.F32, 3, 2);
        Refusal.of(() -> source.require(other), "not what the program reads", "w:F32[3x2]", "F32[2x3]");
        Value f16 = new Numbered().weight("w", Format.F16, 2, 3);
        Refusal.of(() -> source.require(f16), "w:F16[2x3]");
    }
}
