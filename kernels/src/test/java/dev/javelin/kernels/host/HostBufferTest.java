package dev.javelin.kernels.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Buffer;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Buffers and blocks of state. */
class HostBufferTest {
    private static final KvGroup SMALL = new KvGroup("small", 2, 1, 4, 2, 0, Format.F32, Format.F16);
    private static final KvGroup LARGE = new KvGroup("large", 1, 2, 32, 32, 8, Format.Q8_0, Format.Q8_0);
    private static final int SMALL_BYTES = 2 * (16 + 4) * 3;
    private static final int LARGE_BYTES = 2 * 2 * 34 * 3;

    private final HostDevice<MemorySegment> device = new HostDevice<>(new ToyEngine(1 << 20));
    private final StateStore states = device.openStates(
            new StateSpec(3, List.of(new StateSpec.Blocks(SMALL, 4), new StateSpec.Blocks(LARGE, 2))));

    @AfterEach
    void close() {
        device.close();
    }

    private static MemorySegment bytes(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return MemorySegment.ofArray(bytes);
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    private byte[] export(int group, int block) {
        byte[] form = new byte[group == 0 ? SMALL_BYTES : LARGE_BYTES];
        states.exportBlock(group, block, MemorySegment.ofArray(form));
        return form;
    }

    @Test
    void aBufferHoldsWhatWasWritten() {
        Buffer buffer = device.openBuffer(10);
        byte[] all = new byte[10];
        buffer.read(0, MemorySegment.ofArray(all));
        assertThat(all).containsOnly(0);
        buffer.write(7, bytes(3, 5));
        buffer.read(0, MemorySegment.ofArray(all));
        assertThat(all).containsExactly(0, 0, 0, 0, 0, 0, 0, 5, 5, 5);
        buffer.write(10, bytes(0, 0));
        buffer.read(10, bytes(0, 0));
    }

    @Test
    void aBufferRefusesWhatLiesOutside() {
        Buffer buffer = device.openBuffer(10);
        refuses(() -> buffer.write(8, bytes(3, 0)), "bytes written must lie within the buffer: offset=8, bytes=3");
        refuses(() -> buffer.read(-1, bytes(1, 0)), "bytes read must lie within the buffer: offset=-1");
        refuses(() -> buffer.read(0, bytes(11, 0)), "bufferBytes=10");
        refuses(() -> buffer.read(Long.MAX_VALUE, bytes(1, 0)), "offset=9223372036854775807");
        refuses(() -> buffer.write(Long.MIN_VALUE, bytes(1, 0)), "must lie within");
        refuses(() -> device.openBuffer(0), "at least one byte");
        refuses(() -> device.openBuffer(-1), "bytes=-1");
    }

    @Test
    void blocksComeAndGoInTheirExportedForm() {
        assertThat(export(0, 0)).containsOnly(0);
        states.importBlock(0, 1, bytes(SMALL_BYTES, 3));
        states.importBlock(1, 1, bytes(LARGE_BYTES, 4));
        states.copyBlock(0, 1, 3);
        assertThat(export(0, 0)).containsOnly(0);
        assertThat(export(0, 1)).containsOnly(3);
        assertThat(export(0, 2)).containsOnly(0);
        assertThat(export(0, 3)).containsOnly(3);
        assertThat(export(1, 0)).containsOnly(0);
        assertThat(export(1, 1)).containsOnly(4);
        states.copyBlock(1, 1, 1);
        assertThat(export(1, 1)).containsOnly(4);
    }

    @Test
    void blocksThatAreNotThereAreRefused() {
        refuses(() -> states.copyBlock(2, 0, 0), "no such group: group=2, groups=2");
        refuses(() -> states.copyBlock(-1, 0, 0), "no such group");
        refuses(() -> states.copyBlock(1, 0, 2), "no such block: group=large, block=2, blocks=2");
        refuses(() -> states.copyBlock(1, -1, 0), "block=-1");
        refuses(() -> export(0, 4), "block=4");
        refuses(() -> states.exportBlock(0, 0, bytes(SMALL_BYTES - 1, 0)), "as large as a block: bytes=119");
        refuses(() -> states.importBlock(0, 0, bytes(SMALL_BYTES + 1, 0)), "blockBytes=120");
    }

    @Test
    void closedStatesAreOfNoUse() {
        states.close();
        states.close();
        assertThatThrownBy(() -> export(0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the state store is closed: device=toy:0");
        assertThatThrownBy(() -> states.importBlock(0, 0, bytes(SMALL_BYTES, 0)))
                .isInstanceOf(IllegalStateException.class);
    }
}
