package dev.javelin.conformance.broken;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.javelin.api.Bindings;
import dev.javelin.api.Completion;
import dev.javelin.api.OpTime;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What can be wrong about runs, completions, outputs and profiles. */
final class PlanFaults {

    private PlanFaults() {}

    static List<DeviceFault> all() {
        List<DeviceFault> all = new ArrayList<>();
        Collections.addAll(
                all,
                fault("steps", "a broken step is let through", right -> new RelayPlan(right) {
                    private @Nullable Completion last;

                    @Override
                    public Completion run(Step step) {
                        try {
                            last = right.run(step);
                        } catch (IllegalArgumentException broken) {
                            if (last == null) {
                                throw broken;
                            }
                        }
                        return last;
                    }
                }),
                new DeviceFault("steps", "a broken step is carried out in part", () -> new RelayDevice() {
                    @Override
                    Plan relay(Plan opened, Bindings bindings) {
                        return new RelayPlan(opened) {
                            @Override
                            public Completion run(Step step) {
                                try {
                                    return right.run(step);
                                } catch (IllegalArgumentException broken) {
                                    StateStore states = bindings.states();
                                    if (states != null) {
                                        spoil(states);
                                    }
                                    throw broken;
                                }
                            }
                        };
                    }
                }),
                fault("steps", "a broken step spoils the outputs", right -> new OwnOutputs(right) {
                    @Override
                    public Completion run(Step step) {
                        try {
                            return super.run(step);
                        } catch (IllegalArgumentException broken) {
                            own.values().forEach(output -> output.fill((byte) 0x55));
                            throw broken;
                        }
                    }
                }),
                fault("plans", "every run has a completion of its own", right -> new RelayPlan(right) {
                    @Override
                    public Completion run(Step step) {
                        return new RelayCompletion(right.run(step));
                    }
                }),
                fault("plans", "a run that was waited for is not done", right -> new OneCompletion(right) {
                    @Override
                    Completion wrong(Completion run) {
                        return new RelayCompletion(run) {
                            @Override
                            public boolean done() {
                                return false;
                            }
                        };
                    }
                }),
                fault("plans", "waiting for some time never succeeds", right -> new OneCompletion(right) {
                    @Override
                    Completion wrong(Completion run) {
                        return new RelayCompletion(run) {
                            @Override
                            public boolean await(long nanos) {
                                return false;
                            }
                        };
                    }
                }),
                fault("plans", "waiting swallows an interrupt", right -> new OneCompletion(right) {
                    @Override
                    Completion wrong(Completion run) {
                        return new RelayCompletion(run) {
                            @Override
                            public void await() {
                                Thread.interrupted();
                                right.await();
                            }
                        };
                    }
                }),
                fault("plans", "a run begins when it is waited for", Deferred::new),
                fault("plans", "a plan has no profile", right -> new RelayPlan(right) {
                    @Override
                    public List<OpTime> profile() {
                        return List.of();
                    }
                }),
                fault("plans", "a profile counts no runs", right -> new RelayPlan(right) {
                    @Override
                    public List<OpTime> profile() {
                        return right.profile().stream()
                                .map(time -> new OpTime(time.op(), 0, time.nanos()))
                                .toList();
                    }
                }),
                fault("plans", "a profile measures nothing", right -> new RelayPlan(right) {
                    @Override
                    public List<OpTime> profile() {
                        return right.profile().stream()
                                .map(time -> new OpTime(time.op(), time.runs(), 0))
                                .toList();
                    }
                }),
                fault("plans", "a profile lacks an operation", right -> new RelayPlan(right) {
                    @Override
                    public List<OpTime> profile() {
                        return right.profile().stream().skip(1).toList();
                    }
                }),
                new DeviceFault("plans", "a plan is profiled unasked", () -> new RelayDevice() {
                    @Override
                    public Plan prepare(PlanSpec spec, Bindings bindings) {
                        return super.prepare(
                                new PlanSpec(spec.program(), spec.limits(), spec.precision(), true), bindings);
                    }
                }),
                fault("plans", "an output is a copy, another one each time", right -> new RelayPlan(right) {
                    @Override
                    public MemorySegment output(String name) {
                        MemorySegment output = right.output(name);
                        return Arena.ofAuto()
                                .allocate(output.byteSize(), Long.BYTES)
                                .copyFrom(output);
                    }
                }),
                fault("plans", "an output that is not there is empty memory", right -> new RelayPlan(right) {
                    @Override
                    public MemorySegment output(String name) {
                        try {
                            return right.output(name);
                        } catch (IllegalArgumentException none) {
                            return MemorySegment.NULL;
                        }
                    }
                }),
                new DeviceFault("plans", "an output that is bound is left where it was", () -> new RelayDevice() {
                    @Override
                    public Plan prepare(PlanSpec spec, Bindings bindings) {
                        Map<String, dev.javelin.api.Buffer> inputs = new HashMap<>(bindings.buffers());
                        inputs.keySet().retainAll(spec.program().inputs().keySet());
                        return super.prepare(
                                spec, new Bindings(bindings.weights(), bindings.states(), inputs, bindings.feedback()));
                    }
                }),
                new DeviceFault("plans", "ids that plans share are kept apart", () -> new RelayDevice() {
                    @Override
                    public Plan prepare(PlanSpec spec, Bindings bindings) {
                        return super.prepare(
                                spec, new Bindings(bindings.weights(), bindings.states(), bindings.buffers(), null));
                    }
                }),
                new DeviceFault("plans", "plans share the memory of their outputs", () -> new RelayDevice() {
                    private final Map<String, MemorySegment> shared = new HashMap<>();

                    @Override
                    Plan relay(Plan opened, Bindings bindings) {
                        return new OwnOutputs(opened) {
                            @Override
                            void take(String name, MemorySegment from) {
                                own.put(
                                        name,
                                        shared.computeIfAbsent(
                                                name + from.byteSize(), fresh -> own(name, from.byteSize())));
                                super.take(name, from);
                            }
                        };
                    }
                }));
        return all;
    }

    private static DeviceFault fault(String where, String name, UnaryOperator<Plan> wrong) {
        return new DeviceFault(where, name, () -> new RelayDevice() {
            @Override
            Plan relay(Plan opened, Bindings bindings) {
                return wrong.apply(opened);
            }
        });
    }

    /** Changes one byte of the first block. */
    private static void spoil(StateStore states) {
        long bytes = states.spec()
                .groups()
                .getFirst()
                .group()
                .blockBytes(states.spec().blockTokens());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(bytes);
            states.exportBlock(0, 0, block);
            block.set(JAVA_BYTE, 0, (byte) ~block.get(JAVA_BYTE, 0));
            states.importBlock(0, 0, block);
        }
    }

    /** A plan with one completion for all its runs, which is a wrong one. */
    private abstract static class OneCompletion extends RelayPlan {
        private @Nullable Completion only;

        OneCompletion(Plan right) {
            super(right);
        }

        abstract Completion wrong(Completion run);

        @Override
        public Completion run(Step step) {
            Completion run = right.run(step);
            if (only == null) {
                only = wrong(run);
            }
            return only;
        }
    }

    /** Reads the step, and runs, only when somebody waits. */
    private static final class Deferred extends RelayPlan {
        private @Nullable Step step;
        private final Completion waiting = new Completion() {
            @Override
            public boolean done() {
                return step == null;
            }

            @Override
            public void await() {
                if (step != null) {
                    Step now = step;
                    step = null;
                    right.run(now).await();
                }
            }

            @Override
            public boolean await(long nanos) {
                await();
                return true;
            }
        };

        Deferred(Plan right) {
            super(right);
        }

        @Override
        public Completion run(Step next) {
            step = next;
            return waiting;
        }
    }
}
