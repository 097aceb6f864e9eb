package dev.javelin.conformance;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Dim;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.JavelinException;
import dev.javelin.api.LoadCancelledException;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Placing weights: progress, cancelling, sources that fail, sharing. */
final class LoadingPromises {

    private LoadingPromises() {}

    static List<Promise> all() {
        return List.of(
                promise("progress goes up to the bytes of the source", LoadingPromises::progress),
                promise("loading can be cancelled at any time, and nothing stays taken", LoadingPromises::cancelled),
                promise("a source that fails is heard, and nothing stays taken", LoadingPromises::failing),
                promise("a tensor that is not what the program reads is refused", LoadingPromises::otherTensor),
                promise("placed weights know their names and serve several plans", LoadingPromises::shared),
                promise("weights last as long as they say they do", LoadingPromises::kept),
                promise("weights that were not placed cannot be bound", LoadingPromises::notPlaced));
    }

    private static Promise promise(String name, Promise.Body body) {
        return new Promise("loading", name, body);
    }

    /** A source that hands out changed tensors. */
    private record Changed(WeightSource source, UnaryOperator<Tensor> change) implements WeightSource {
        @Override
        public Tensor tensor(String name) {
            return change.apply(source.tensor(name));
        }

        @Override
        public void release(String name) {
            source.release(name);
        }
    }

    /** Watches what it is told, and cancels after so many calls. */
    private static final class Watching implements LoadListener {
        private final int patience;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicLong done = new AtomicLong();
        private final AtomicLong total = new AtomicLong(-1);
        private volatile String wrong = "";

        Watching(int patience) {
            this.patience = patience;
        }

        @Override
        public void progress(long bytesDone, long bytesTotal) {
            if (inside.getAndIncrement() != 0) {
                wrong = "called from two threads at once";
            }
            if (bytesDone < done.getAndSet(bytesDone)) {
                wrong = "progress goes back: bytesDone=" + bytesDone;
            }
            long known = total.getAndSet(bytesTotal);
            if (bytesDone > bytesTotal || (known >= 0 && known != bytesTotal)) {
                wrong = "the total is wrong: bytesDone=%d, bytesTotal=%d, before=%d"
                        .formatted(bytesDone, bytesTotal, known);
            }
            inside.decrementAndGet();
        }

        @Override
        public boolean cancelled() {
            return calls.getAndIncrement() >= patience;
        }
    }

    private static long sourceBytes() {
        return Rig.PROGRAM.weights().values().stream()
                .mapToLong(weight -> weight.format().bytes(weight.shape().elements()))
                .sum();
    }

    private static void progress(DeviceOpener opener) {
        try (Device device = Rig.requireSupport(opener.open());
                Arena arena = Arena.ofShared()) {
            Watching watching = new Watching(Integer.MAX_VALUE);
            try (Weights weights = device.place(List.of(Rig.PROGRAM), Rig.source(arena), watching)) {
                Claim.that(watching.wrong.isEmpty(), "%s", watching.wrong);
                Claim.that(
                        watching.total.get() == sourceBytes() && watching.done.get() == sourceBytes(),
                        "progress ends with all bytes of the source: bytes=%d, bytesDone=%d, bytesTotal=%d",
                        sourceBytes(),
                        watching.done.get(),
                        watching.total.get());
                Claim.that(watching.calls.get() > 0, "the listener is asked whether to go on");
                Claim.that(
                        weights.bytes() == device.weightBytes(List.of(Rig.PROGRAM))
                                && device.memoryUse().weights() == weights.bytes(),
                        "weights take what was announced: %d",
                        weights.bytes());
            }
        }
    }

    private static void cancelled(DeviceOpener opener) {
        try (Device device = Rig.requireSupport(opener.open())) {
            MemoryUse before = device.memoryUse();
            for (int patience = 0; patience < Rig.PROGRAM.weights().size(); patience++) {
                Watching watching = new Watching(patience);
                try (Arena arena = Arena.ofShared()) {
                    Claim.refuses(
                            LoadCancelledException.class,
                            "loading that is cancelled",
                            () -> device.place(List.of(Rig.PROGRAM), Rig.source(arena), watching)
                                    .close());
                }
                Claim.that(watching.wrong.isEmpty(), "%s", watching.wrong);
                Claim.that(device.memoryUse().equals(before), "nothing stays taken: %s", device.memoryUse());
            }
            try (Rig rig = new Rig(device)) {
                rig.run(1);
            }
        }
    }

    private static void failing(DeviceOpener opener) {
        try (Device device = Rig.requireSupport(opener.open())) {
            MemoryUse before = device.memoryUse();
            for (int good = 0; good < Rig.PROGRAM.weights().size(); good++) {
                AtomicInteger left = new AtomicInteger(good);
                JavelinException broken = new JavelinException("the file is broken here");
                try (Arena arena = Arena.ofShared()) {
                    WeightSource source = new Changed(Rig.source(arena), tensor -> {
                        if (left.getAndDecrement() == 0) {
                            throw broken;
                        }
                        return tensor;
                    });
                    JavelinException thrown = Claim.refuses(
                            JavelinException.class,
                            "placing weights of a broken file",
                            () -> device.place(List.of(Rig.PROGRAM), source, LoadListener.NONE)
                                    .close());
                    Claim.that(
                            thrown.equals(broken) || broken.equals(thrown.getCause()),
                            "the source's own exception comes through: %s",
                            thrown);
                }
                Claim.that(device.memoryUse().equals(before), "nothing stays taken: %s", device.memoryUse());
            }
        }
    }

    private static void otherTensor(DeviceOpener opener) {
        List<UnaryOperator<Tensor>> changes = List.of(
                tensor -> new Tensor(tensor.name(), Format.F16, tensor.shape(), tensor.data()),
                tensor -> new Tensor(tensor.name(), tensor.format(), Shape.of(1), tensor.data()));
        try (Device device = Rig.requireSupport(opener.open())) {
            for (UnaryOperator<Tensor> change : changes) {
                try (Arena arena = Arena.ofShared()) {
                    Claim.refuses(
                            IllegalArgumentException.class,
                            "placing another tensor",
                            () -> device.place(
                                            List.of(Rig.PROGRAM),
                                            new Changed(Rig.source(arena), change),
                                            LoadListener.NONE)
                                    .close());
                }
                Claim.that(device.memoryUse().open() == 0, "nothing stays open: %s", device.memoryUse());
            }
        }
    }

    private static void shared(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig one = new Rig(device)) {
            Set<String> names = Rig.PROGRAM.weights().keySet();
            Claim.that(one.weights.names().equals(names), "weights know their names: %s", one.weights.names());
            int[] expected = one.run(1);
            try (Rig other = new Rig(device, Rig.SPEC, one.source, one.weights)) {
                boolean same = Arrays.equals(expected, other.run(1)) && Arrays.equals(other.run(2), one.run(2));
                Claim.that(same, "two plans over the same weights give the same");
            }
        }
    }

    private static void kept(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            int[] expected = rig.run(1);
            if (!rig.weights.retainsSource()) {
                rig.source.spoil();
            }
            Claim.that(
                    Arrays.equals(expected, rig.run(1)),
                    "weights that do not retain their source do not read it: retainsSource=%s",
                    rig.weights.retainsSource());
        }
    }

    private static void notPlaced(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            Program.Builder program = Program.builder("other");
            Value out = program.result("out", Shape.rows(Dim.Symbol.TOKENS, Rig.WIDTH));
            Value table = program.weight("elsewhere", Format.F32, Shape.of(3, Rig.WIDTH));
            PlanSpec spec = new PlanSpec(
                    program.add(new Embed(out, table, 1)).output(out).build(), Rig.LIMITS, Precision.EXACT);
            if (!device.supports(spec.program().ops().getFirst())) {
                throw new Promise.Unsupported(
                        "needs Embed of F32: device=" + device.info().id());
            }
            Claim.refuses(
                    IllegalArgumentException.class,
                    "preparing with weights that lack one",
                    () -> device.prepare(spec, Bindings.NONE.with(rig.weights)).close());
            Claim.refuses(
                    IllegalArgumentException.class,
                    "preparing without weights",
                    () -> device.prepare(
                                    Rig.SPEC,
                                    new Bindings(null, null, rig.bindings().buffers(), null))
                            .close());
            Claim.refuses(
                    IllegalArgumentException.class,
                    "preparing without an input",
                    () -> device.prepare(Rig.SPEC, Bindings.NONE.with(rig.weights))
                            .close());
            try (Buffer small = device.openBuffer(Rig.inputBytes() - 1)) {
                Claim.refuses(
                        IllegalArgumentException.class,
                        "preparing with too small an input",
                        () -> device.prepare(Rig.SPEC, rig.bindings().with("x", small))
                                .close());
            }
            Claim.that(device.memoryUse().open() == 3, "what is refused leaves nothing open: %s", device.memoryUse());
            rig.run(1);
        }
    }
}
