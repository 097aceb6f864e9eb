package dev.javelin.conformance.broken;

import dev.javelin.api.Format;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** How a weight is misread. Immutable. */
interface Spoiling {

    /** What is wrong, to follow the name of the weight. */
    String words();

    /** Whether it makes a difference to such a weight. */
    boolean concerns(Value weight);

    /** The weight as it is misread, in memory of its own. */
    Tensor spoiled(Tensor right);

    /** The same numbers in memory of their own, row after row. */
    static Tensor copy(Tensor right) {
        MemorySegment memory = Arena.ofAuto().allocate(right.rows() * right.rowBytes(), Long.BYTES);
        for (long row = 0; row < right.rows(); row++) {
            MemorySegment.copy(right.row(row), 0, memory, row * right.rowBytes(), right.rowBytes());
        }
        return new Tensor(right.name(), right.format(), right.shape(), memory);
    }

    /** What can be got wrong about any weight. */
    enum Plain implements Spoiling {
        ZERO("taken for 0") {
            @Override
            void spoil(Tensor wrong) {
                wrong.data().fill((byte) 0);
            }
        },
        ONE("taken for 1") {
            @Override
            public boolean concerns(Value weight) {
                return weight.format() == Format.F32;
            }

            @Override
            void spoil(Tensor wrong) {
                for (long at = 0; at < wrong.data().byteSize(); at += Float.BYTES) {
                    wrong.data().set(ValueLayout.JAVA_FLOAT, at, 1);
                }
            }
        },
        FIRST_ROW("taken from its first row") {
            @Override
            public boolean concerns(Value weight) {
                return rows(weight) > 1;
            }

            @Override
            void spoil(Tensor wrong) {
                for (long row = 1; row < wrong.rows(); row++) {
                    wrong.row(row).copyFrom(wrong.row(0));
                }
            }
        },
        LAST_ROW("without its last row") {
            @Override
            public boolean concerns(Value weight) {
                return rows(weight) > 1;
            }

            @Override
            void spoil(Tensor wrong) {
                wrong.row(wrong.rows() - 1).fill((byte) 0);
            }
        },
        LAST_BLOCK("without the last block of its rows") {
            @Override
            public boolean concerns(Value weight) {
                return blocks(weight) > 1;
            }

            @Override
            void spoil(Tensor wrong) {
                for (long row = 0; row < wrong.rows(); row++) {
                    block(wrong, row, blocks(wrong) - 1).fill((byte) 0);
                }
            }
        },
        NEXT_BLOCK("with its blocks in the wrong order") {
            @Override
            public boolean concerns(Value weight) {
                return blocks(weight) > 1;
            }

            @Override
            void spoil(Tensor wrong) {
                for (long row = 0; row < wrong.rows(); row++) {
                    byte[] first = block(wrong, row, 0).toArray(ValueLayout.JAVA_BYTE);
                    for (int i = 1; i < blocks(wrong); i++) {
                        block(wrong, row, i - 1).copyFrom(block(wrong, row, i));
                    }
                    block(wrong, row, blocks(wrong) - 1).copyFrom(MemorySegment.ofArray(first));
                }
            }
        };

        private final String words;

        Plain(String words) {
            this.words = words;
        }

        @Override
        public String words() {
            return words;
        }

        @Override
        public boolean concerns(Value weight) {
            return true;
        }

        @Override
        public Tensor spoiled(Tensor right) {
            Tensor wrong = copy(right);
            spoil(wrong);
            return wrong;
        }

        abstract void spoil(Tensor wrong);

        private static long rows(Value weight) {
            return weight.shape().elements()
                    / weight.shape().size(weight.shape().rank() - 1);
        }

        private static int blocks(Value weight) {
            return weight.shape().size(weight.shape().rank() - 1)
                    / weight.format().blockLength();
        }

        private static int blocks(Tensor tensor) {
            return tensor.columns() / tensor.format().blockLength();
        }

        private static MemorySegment block(Tensor tensor, long row, int block) {
            int bytes = tensor.format().blockBytes();
            return tensor.row(row).asSlice((long) block * bytes, bytes);
        }
    }

    /** One bit of every block of a format is taken for zero. */
    record Bit(Format format, int index) implements Spoiling {
        @Override
        public String words() {
            return "%s without bit %d of byte %d".formatted(format, index % Byte.SIZE, index / Byte.SIZE);
        }

        @Override
        public boolean concerns(Value weight) {
            return weight.format() == format;
        }

        @Override
        public Tensor spoiled(Tensor right) {
            Tensor wrong = copy(right);
            byte mask = (byte) ~(1 << index % Byte.SIZE);
            for (long at = index / Byte.SIZE; at < wrong.data().byteSize(); at += format.blockBytes()) {
                byte whole = wrong.data().get(ValueLayout.JAVA_BYTE, at);
                wrong.data().set(ValueLayout.JAVA_BYTE, at, (byte) (whole & mask));
            }
            return wrong;
        }
    }
}
