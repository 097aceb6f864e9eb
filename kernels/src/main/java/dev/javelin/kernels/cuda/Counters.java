package dev.javelin.kernels.cuda;

import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.Launch;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts of finished blocks, by which the last one knows that it is. They lie before all other scratch memory of every operation,
 * so that no operation works in their place: memory of a plan begins as zeros, and each count goes back to zero in the end.
 */
final class Counters {

    /** Where they are, among the arguments of a launch that is not placed yet. */
    static final Arg PLACE = new Arg.Scratch(-1);

    private Counters() {}

    /** The scratch memory of an operation with the counts before it. */
    static List<Long> before(List<Long> scratch, long bytes) {
        if (scratch.isEmpty()) {
            return scratch;
        }
        List<Long> all = new ArrayList<>();
        all.add(bytes);
        all.addAll(scratch);
        return all;
    }

    /** A launch whose scratch memory lies behind the counts. */
    static Launch behind(Launch launch) {
        List<Arg> args = launch.args().stream()
                .map(arg -> arg instanceof Arg.Scratch(int piece) ? new Arg.Scratch(piece + 1) : arg)
                .toList();
        return new Launch(launch.kernel(), args, launch.grid(), launch.span());
    }
}
