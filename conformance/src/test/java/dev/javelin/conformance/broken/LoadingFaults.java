package dev.javelin.conformance.broken;

import dev.javelin.api.JavelinException;
import dev.javelin.api.LoadCancelledException;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Program;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What can be wrong about placing weights. */
final class LoadingFaults {

    private LoadingFaults() {}

    /** Places weights in a wrong way. */
    @FunctionalInterface
    private interface Placing {
        Weights place(RelayDevice device, Collection<Program> programs, WeightSource source, LoadListener listener);
    }

    static List<DeviceFault> all() {
        return List.of(
                fault(
                        "progress goes back",
                        (device, programs, source, listener) ->
                                placed(device, programs, source, new Reporting(listener) {
                                    @Override
                                    public void progress(long bytesDone, long bytesTotal) {
                                        listener.progress(bytesDone, bytesTotal);
                                        listener.progress(bytesDone / 2, bytesTotal);
                                    }
                                })),
                fault(
                        "progress never reaches the end",
                        (device, programs, source, listener) ->
                                placed(device, programs, source, new Reporting(listener) {
                                    @Override
                                    public void progress(long bytesDone, long bytesTotal) {
                                        if (bytesDone < bytesTotal) {
                                            listener.progress(bytesDone, bytesTotal);
                                        }
                                    }
                                })),
                fault(
                        "progress counts in other bytes",
                        (device, programs, source, listener) ->
                                placed(device, programs, source, new Reporting(listener) {
                                    @Override
                                    public void progress(long bytesDone, long bytesTotal) {
                                        listener.progress(2 * bytesDone, 2 * bytesTotal);
                                    }
                                })),
                fault(
                        "the listener is not asked",
                        (device, programs, source, listener) -> placed(device, programs, source, new Deaf(listener))),
                fault("a cancelled load leaves memory taken", (device, programs, source, listener) -> {
                    try {
                        return placed(device, programs, source, listener);
                    } catch (LoadCancelledException cancelled) {
                        device.openBuffer(1);
                        throw cancelled;
                    }
                }),
                fault("a failed load leaves memory taken", (device, programs, source, listener) -> {
                    try {
                        return placed(device, programs, source, listener);
                    } catch (LoadCancelledException cancelled) {
                        throw cancelled;
                    } catch (JavelinException failed) {
                        device.openBuffer(1);
                        throw failed;
                    }
                }),
                fault("what went wrong in the source is not passed on", (device, programs, source, listener) -> {
                    try {
                        return placed(device, programs, source, listener);
                    } catch (LoadCancelledException cancelled) {
                        throw cancelled;
                    } catch (JavelinException failed) {
                        throw new JavelinException("placing failed");
                    }
                }),
                fault("weights are asked for twice", (device, programs, source, listener) -> {
                    Program.weights(programs).keySet().forEach(source::tensor);
                    return placed(device, programs, source, listener);
                }),
                fault(
                        "MatMul",
                        "the source is said not to be needed, but is",
                        (device, programs, source, listener) ->
                                new RelayWeights(device.right.place(programs, source, listener)) {
                                    @Override
                                    public boolean retainsSource() {
                                        return false;
                                    }
                                }),
                fault("MatMul", "a weight is released, but read again", (device, programs, source, listener) -> {
                    Weights placed = placed(device, programs, source, listener);
                    placed.names().forEach(source::release);
                    return placed;
                }),
                fault(
                        "weights do not know their names",
                        (device, programs, source, listener) ->
                                new RelayWeights(device.right.place(programs, source, listener)) {
                                    @Override
                                    public Set<String> names() {
                                        return Set.of();
                                    }
                                }),
                fault(
                        "weights take more than was announced",
                        (device, programs, source, listener) ->
                                new RelayWeights(device.right.place(programs, source, listener)) {
                                    @Override
                                    public long bytes() {
                                        return right.bytes() + 64;
                                    }
                                }),
                fault(
                        "a tensor is taken for what the program reads",
                        (device, programs, source, listener) ->
                                placed(device, programs, altered(programs, source, LoadingFaults::asRead), listener)),
                new DeviceFault("MatMul", "the stride of rows is ignored", () -> new RelayDevice() {
                    @Override
                    public Weights place(Collection<Program> programs, WeightSource source, LoadListener listener) {
                        return placed(this, programs, altered(programs, source, LoadingFaults::tight), listener);
                    }
                }));
    }

    private static DeviceFault fault(String name, Placing wrong) {
        return fault("loading", name, wrong);
    }

    private static DeviceFault fault(String where, String name, Placing wrong) {
        return new DeviceFault(where, name, () -> new RelayDevice() {
            @Override
            public Weights place(Collection<Program> programs, WeightSource source, LoadListener listener) {
                return wrong.place(this, programs, source, listener);
            }
        });
    }

    private static Weights placed(
            RelayDevice device, Collection<Program> programs, WeightSource source, LoadListener listener) {
        return device.relay(device.right.place(programs, source, listener));
    }

    /** Asks another listener whether to go on. */
    private abstract static class Reporting implements LoadListener {
        private final LoadListener asked;

        Reporting(LoadListener asked) {
            this.asked = asked;
        }

        @Override
        public boolean cancelled() {
            return asked.cancelled();
        }
    }

    /** Never asks whether to go on. */
    private static final class Deaf implements LoadListener {
        private final LoadListener told;

        Deaf(LoadListener told) {
            this.told = told;
        }

        @Override
        public void progress(long bytesDone, long bytesTotal) {
            told.progress(bytesDone, bytesTotal);
        }
    }

    /** Makes something else of a tensor. */
    @FunctionalInterface
    private interface Alteration {
        Tensor of(Tensor tensor, Value weight);
    }

    private static WeightSource altered(Collection<Program> programs, WeightSource source, Alteration alteration) {
        return new WeightSource() {
            @Override
            public Tensor tensor(String name) {
                return alteration.of(
                        source.tensor(name),
                        Objects.requireNonNull(Program.weights(programs).get(name)));
            }

            @Override
            public void release(String name) {
                source.release(name);
            }
        };
    }

    private static Tensor asRead(Tensor tensor, Value weight) {
        return tensor.format() == weight.format() && tensor.shape().equals(weight.shape())
                ? tensor
                : new Tensor(
                        weight.name(),
                        weight.format(),
                        weight.shape(),
                        Arena.ofAuto()
                                .allocate(weight.format().bytes(weight.shape().elements()), Long.BYTES));
    }

    private static Tensor tight(Tensor tensor, Value weight) {
        return new Tensor(tensor.name(), tensor.format(), tensor.shape(), tensor.data());
    }
}
