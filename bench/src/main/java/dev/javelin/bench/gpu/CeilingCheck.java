package dev.javelin.bench.gpu;

import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.bench.MatMulRound;
import dev.javelin.runtime.Devices;
import java.util.Map;

/** What a product with one token reads per second from matrices of plain floats: what decoding is to be compared with. */
final class CeilingCheck {
    private static final int ROWS = 8192;
    private static final int COLUMNS = 8192;
    private static final int MATRICES_ON_GPU = 16;
    private static final int MATRICES = 4;
    private static final int WARM_UP = 3;
    private static final int TURNS = 9;

    private final Devices.Found found;

    CeilingCheck(Devices.Found found) {
        this.found = found;
    }

    boolean run(Map<String, Object> report) {
        long matrix = Format.F32.bytes((long) ROWS * COLUMNS);
        long bytes = matrix * (found.info().sharesHostMemory() ? MATRICES : MATRICES_ON_GPU);
        double best = 0;
        try (Device device = found.backend().open(found.info());
                MatMulRound round = new MatMulRound(device, Format.F32, 1, ROWS, COLUMNS, bytes)) {
            for (int turn = -WARM_UP; turn < TURNS; turn++) {
                long begun = System.nanoTime();
                round.run();
                double rate = round.matrices() * matrix / ((System.nanoTime() - begun) / 1e9);
                best = Math.max(best, turn < 0 ? 0 : rate);
            }
        }
        report.put("matrix_bytes", matrix);
        report.put("matrices", bytes / matrix);
        report.put("reads_bytes_per_second", best);
        return true;
    }
}
