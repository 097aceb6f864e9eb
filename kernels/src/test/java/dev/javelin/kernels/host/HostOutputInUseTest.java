package dev.javelin.kernels.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Format;
import dev.javelin.api.Plan;
import dev.javelin.api.Program;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing while the operating system reads an output: a pipe that is full holds on to the memory. */
@Timeout(60)
class HostOutputInUseTest {
    private static final int WIDTH = 1 << 18; // more than a pipe holds

    private final ToyEngine engine = new ToyEngine(1 << 26);
    private final HostDevice<MemorySegment> device = new HostDevice<>(engine);
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final Buffer x = device.openBuffer(4L * WIDTH);
    private final Plan plan = device.prepare(Toys.spec(program()), Bindings.NONE.with("x", x));
    private final long bytes = plan.output("y").byteSize();
    private Pipe pipe;
    private Future<?> write;

    private static Program program() {
        Program.Builder program = Program.builder("large");
        Value in = program.input("x", Format.F32, Shape.of(1, WIDTH));
        Value out = program.result("y", Shape.of(1, WIDTH));
        return program.add(new Scale(out, in, 2)).output(out).build();
    }

    @BeforeEach
    void writeMoreThanThePipeHolds() throws Exception {
        pipe = Pipe.open();
        ByteBuffer output = plan.output("y").asByteBuffer();
        write = threads.submit(() -> {
            while (output.hasRemaining()) {
                pipe.sink().write(output);
            }
            return null;
        });
        ByteBuffer first = ByteBuffer.allocate(1);
        assertThat(pipe.source().read(first)).isEqualTo(1); // the writer is inside
    }

    private void drain() throws Exception {
        ByteBuffer rest = ByteBuffer.allocate(1 << 16);
        for (long read = 1; read < bytes; ) {
            read += pipe.source().read(rest.clear());
        }
        write.get();
    }

    @AfterEach
    void close() throws Exception {
        pipe.sink().close();
        pipe.source().close();
        threads.close();
        device.close();
    }

    @Test
    void aPlanStaysAsItIsAndCanBeClosedLater() throws Exception {
        long before = device.memoryUse().plans();
        assertThatThrownBy(plan::close).isInstanceOf(IllegalStateException.class);
        assertThat(device.memoryUse().plans()).isEqualTo(before);
        assertThat(plan.output("y").byteSize()).isEqualTo(bytes);
        drain();
        plan.close();
        assertThat(device.memoryUse().plans()).isZero();
    }

    @Test
    void aDeviceClosesTheRestAndItsEngineOnceThePlanIsClosed() throws Exception {
        assertThatThrownBy(device::close).isInstanceOf(IllegalStateException.class);
        assertThat(engine.closed).hasValue(0);
        assertThat(device.memoryUse().buffers()).isZero();
        assertThat(device.memoryUse().open()).isEqualTo(1);
        drain();
        plan.close();
        assertThat(device.memoryUse().open()).isZero();
        assertThat(engine.closed).hasValue(1);
    }
}
