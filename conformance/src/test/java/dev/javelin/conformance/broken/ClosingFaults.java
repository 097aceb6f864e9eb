package dev.javelin.conformance.broken;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Completion;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Weights;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What can be wrong about closing, and about what is closed. */
final class ClosingFaults {

    private ClosingFaults() {}

    static List<DeviceFault> all() {
        return List.of(
                fault("closing a buffer leaks it", () -> new RelayDevice() {
                    @Override
                    Buffer relay(Buffer opened) {
                        return new RelayBuffer(opened) {
                            @Override
                            public void close() {}
                        };
                    }
                }),
                fault("closing states leaks them", () -> new RelayDevice() {
                    @Override
                    StateStore relay(StateStore opened) {
                        return new RelayStates(opened) {
                            @Override
                            public void close() {}
                        };
                    }
                }),
                fault("closing weights leaks them", () -> new RelayDevice() {
                    @Override
                    Weights relay(Weights opened) {
                        return new RelayWeights(opened) {
                            @Override
                            public void close() {}
                        };
                    }
                }),
                fault("closing a plan leaks it", () -> new RelayDevice() {
                    @Override
                    Plan relay(Plan opened, Bindings bindings) {
                        return new RelayPlan(opened) {
                            @Override
                            public void close() {}
                        };
                    }
                }),
                fault("closing a buffer twice throws", () -> new RelayDevice() {
                    @Override
                    Buffer relay(Buffer opened) {
                        return new RelayBuffer(opened) {
                            private final Once once = new Once();

                            @Override
                            public void close() {
                                once.pass();
                                right.close();
                            }
                        };
                    }
                }),
                fault("closing states twice throws", () -> new RelayDevice() {
                    @Override
                    StateStore relay(StateStore opened) {
                        return new RelayStates(opened) {
                            private final Once once = new Once();

                            @Override
                            public void close() {
                                once.pass();
                                right.close();
                            }
                        };
                    }
                }),
                fault("closing weights twice throws", () -> new RelayDevice() {
                    @Override
                    Weights relay(Weights opened) {
                        return new RelayWeights(opened) {
                            private final Once once = new Once();

                            @Override
                            public void close() {
                                once.pass();
                                right.close();
                            }
                        };
                    }
                }),
                fault("closing a plan twice throws", () -> new RelayDevice() {
                    @Override
                    Plan relay(Plan opened, Bindings bindings) {
                        return new RelayPlan(opened) {
                            private final Once once = new Once();

                            @Override
                            public void close() {
                                once.pass();
                                right.close();
                            }
                        };
                    }
                }),
                fault("closing a device twice throws", () -> new RelayDevice() {
                    private final Once once = new Once();

                    @Override
                    public void close() {
                        once.pass();
                        right.close();
                    }
                }),
                fault("closing a device leaves open what is open on it", () -> new RelayDevice() {
                    @Override
                    public void close() {}
                }),
                fault("a closed buffer can be written to", () -> new RelayDevice() {
                    @Override
                    Buffer relay(Buffer opened) {
                        return new RelayBuffer(opened) {
                            @Override
                            public void write(long offset, MemorySegment from) {
                                unlessClosed(() -> right.write(offset, from));
                            }
                        };
                    }
                }),
                fault("a closed buffer can be read", () -> new RelayDevice() {
                    @Override
                    Buffer relay(Buffer opened) {
                        return new RelayBuffer(opened) {
                            @Override
                            public void read(long offset, MemorySegment to) {
                                unlessClosed(() -> right.read(offset, to));
                            }
                        };
                    }
                }),
                fault("blocks of closed states can be copied", () -> new RelayDevice() {
                    @Override
                    StateStore relay(StateStore opened) {
                        return new RelayStates(opened) {
                            @Override
                            public void copyBlock(int group, int from, int to) {
                                unlessClosed(() -> right.copyBlock(group, from, to));
                            }
                        };
                    }
                }),
                fault("blocks of closed states can be exported", () -> new RelayDevice() {
                    @Override
                    StateStore relay(StateStore opened) {
                        return new RelayStates(opened) {
                            @Override
                            public void exportBlock(int group, int block, MemorySegment to) {
                                unlessClosed(() -> right.exportBlock(group, block, to));
                            }
                        };
                    }
                }),
                fault("blocks of closed states can be imported", () -> new RelayDevice() {
                    @Override
                    StateStore relay(StateStore opened) {
                        return new RelayStates(opened) {
                            @Override
                            public void importBlock(int group, int block, MemorySegment from) {
                                unlessClosed(() -> right.importBlock(group, block, from));
                            }
                        };
                    }
                }),
                fault("a plan runs whatever is closed", () -> new RelayDevice() {
                    @Override
                    Plan relay(Plan opened, Bindings bindings) {
                        return new RelayPlan(opened) {
                            @Override
                            public Completion run(Step step) {
                                try {
                                    return right.run(step);
                                } catch (IllegalStateException closed) {
                                    return new Ended();
                                }
                            }
                        };
                    }
                }),
                fault("a plan runs although its weights are closed", () -> new Undead(true, false, false)),
                fault("a plan runs although its states are closed", () -> new Undead(false, true, false)),
                fault("a plan runs although a buffer of it is closed", () -> new Undead(false, false, true)),
                fault("outputs of a closed plan can be read", () -> new RelayDevice() {
                    @Override
                    Plan relay(Plan opened, Bindings bindings) {
                        return new OwnOutputs(opened);
                    }
                }),
                fault("a closed plan is asked for an output and has it", () -> new RelayDevice() {
                    @Override
                    Plan relay(Plan opened, Bindings bindings) {
                        return new RelayPlan(opened) {
                            private final Map<String, MemorySegment> known = new HashMap<>();

                            @Override
                            public MemorySegment output(String name) {
                                return known.computeIfAbsent(name, right::output);
                            }
                        };
                    }
                }),
                fault("use after close ends with another exception", () -> new RelayDevice() {
                    @Override
                    Buffer relay(Buffer opened) {
                        return new RelayBuffer(opened) {
                            @Override
                            public void read(long offset, MemorySegment to) {
                                try {
                                    right.read(offset, to);
                                } catch (IllegalStateException closed) {
                                    throw new NullPointerException("memory");
                                }
                            }
                        };
                    }
                }),
                fault("buffers are opened on a closed device", () -> new RelayDevice() {
                    @Override
                    public Buffer openBuffer(long bytes) {
                        try {
                            return super.openBuffer(bytes);
                        } catch (IllegalStateException closed) {
                            return FaultyEngine.sound(false).openBuffer(bytes);
                        }
                    }
                }),
                fault("what is bound is not looked at before a run", () -> new RelayDevice() {
                    @Override
                    public Plan prepare(PlanSpec spec, Bindings bindings) {
                        return new LatePlan(() -> super.prepare(spec, bindings), spec);
                    }
                }),
                fault("a buffer of another device can be bound", () -> new RelayDevice() {
                    @Override
                    public Plan prepare(PlanSpec spec, Bindings bindings) {
                        try {
                            return super.prepare(spec, bindings);
                        } catch (IllegalArgumentException foreign) {
                            return new LatePlan(() -> super.prepare(spec, bindings), spec);
                        }
                    }
                }));
    }

    private static DeviceFault fault(String name, Supplier<RelayDevice> wrong) {
        return new DeviceFault("life cycle", name, wrong::get);
    }

    private static void unlessClosed(Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException closed) {
            // the fault: nobody hears of it
        }
    }

    /** Lets through once. */
    private static final class Once {
        private boolean passed;

        void pass() {
            if (passed) {
                throw new IllegalStateException("closed twice");
            }
            passed = true;
        }
    }

    /** A run that ended before it began. */
    private static final class Ended implements Completion {
        @Override
        public boolean done() {
            return true;
        }

        @Override
        public void await() {}

        @Override
        public boolean await(long nanos) {
            return true;
        }
    }
}
