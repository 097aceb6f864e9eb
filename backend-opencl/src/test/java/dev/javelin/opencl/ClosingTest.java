package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing a device while the operating system reads an output of a plan: a pipe that is full holds on to the memory. */
@Timeout(60)
class ClosingTest {
    private static final int WIDTH = 1 << 18; // more than a pipe holds

    private final OpenCl real = Found.require(Bindings.JOCL);
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final OpenCl watched = Found.watched((proxy, method, arguments) -> {
        calls.add(method.getName());
        return Found.ask(real, method, arguments);
    });

    private static Program program() {
        Program.Builder program = Program.builder("large");
        Value in = program.input("x", Format.F32, Shape.of(1, WIDTH));
        Value out = program.result("y", Shape.of(1, WIDTH));
        return program.add(new Scale(out, in, 2)).output(out).build();
    }

    @Test
    void whatAPlanNeedsToCloseOutlivesIt() throws Exception {
        Device device = Found.open(watched);
        Buffer x = device.openBuffer(4L * WIDTH);
        Plan plan = device.prepare(
                new PlanSpec(program(), new Limits(1, 1, 1, 1), Precision.EXACT),
                dev.javelin.api.Bindings.NONE.with("x", x));
        ByteBuffer output = plan.output("y").asByteBuffer();
        long bytes = output.remaining();
        Pipe pipe = Pipe.open();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> write = threads.submit(() -> {
                while (output.hasRemaining()) {
                    pipe.sink().write(output);
                }
                return null;
            });
            assertThat(pipe.source().read(ByteBuffer.allocate(1))).isEqualTo(1); // the writer is inside
            assertThatThrownBy(device::close).isInstanceOf(IllegalStateException.class);
            assertThat(device.memoryUse().open()).isEqualTo(1);
            assertThat(calls).doesNotContain("releaseCommandQueue", "releaseContext");
            ByteBuffer rest = ByteBuffer.allocate(1 << 16);
            for (long read = 1; read < bytes; ) {
                read += pipe.source().read(rest.clear());
            }
            write.get();
            plan.close();
            assertThat(device.memoryUse().open()).isZero();
            assertThat(calls).contains("releaseCommandQueue").endsWith("releaseContext");
            device.close();
            assertThat(Collections.frequency(calls, "releaseContext")).isEqualTo(1);
        } finally {
            pipe.sink().close();
            pipe.source().close();
        }
    }
}
