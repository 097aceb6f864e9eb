package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Device;
import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights that are filled in place, on a driver that can map the first plane and not the second. */
class MappedUploadTest {
    private static final Shape SHAPE = Shape.of(32, 32);

    private final OpenCl real = Found.require(Bindings.JOCL);
    private int mapped;
    private int unmapped;
    private final OpenCl failing = Found.watched((proxy, method, arguments) -> {
        switch (method.getName()) {
            case "enqueueMapBuffer" -> {
                if (mapped == 1) {
                    return (long) Cl.MEM_OBJECT_ALLOCATION_FAILURE;
                }
                mapped++;
            }
            case "enqueueUnmapMemObject" -> unmapped++;
            default -> {}
        }
        return Found.ask(real, method, arguments);
    });

    @Test
    void nothingStaysMapped() {
        Program.Builder builder = Program.builder("table");
        Value table = builder.weight("table", Format.Q8_0, SHAPE);
        Value out = builder.result("out", Shape.rows(Symbol.TOKENS, 32));
        Program program = builder.add(new Embed(out, table, 1)).output(out).build();
        try (Arena arena = Arena.ofShared();
                Device device = Found.open(failing)) {
            assertThatThrownBy(() -> device.place(
                            List.of(program),
                            name -> new Tensor(name, Format.Q8_0, SHAPE, arena.allocate(Format.Q8_0.bytes(32 * 32))),
                            LoadListener.NONE))
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageContaining("clEnqueueMapBuffer");
            assertThat(mapped).isEqualTo(1);
            assertThat(unmapped).isEqualTo(1);
            assertThat(device.memoryUse().open()).isZero();
        }
    }
}
