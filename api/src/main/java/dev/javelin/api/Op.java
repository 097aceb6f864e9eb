package dev.javelin.api;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One operation, as data: which values it reads and writes, and its constants.
 *
 * <p>Shapes and formats are checked once, in the constructors; whoever holds an op may rely on them. Operations have no
 * memory of their own; those that read or write the sequences' state name its {@link StateGroup group}.
 */
public sealed interface Op
        permits Embed,
                MatMul,
                RmsNorm,
                Rope,
                WriteKv,
                Attention,
                Glu,
                Unary,
                Scale,
                SoftCap,
                Binary,
                Rows,
                ArgMax,
                TopK,
                Route,
                ExpertMatMul,
                ExpertSum,
                FusedOp {

    /** The values read, weights included, each once. */
    List<Value> reads();

    /** The values written and of use to others, each once. */
    List<Value> writes();

    /** The state groups read or written, none for most operations. */
    default List<StateGroup> groups() {
        return List.of();
    }

    /** The weights among the values read. */
    default List<Value> weights() {
        return reads().stream().filter(Value::isWeight).toList();
    }

    /** One line for errors and profiles: kind, weights and state with their formats, and result shapes. */
    default String summary() {
        return Stream.of(
                        Stream.of(getClass().getSimpleName()),
                        weights().stream().map(Value::toString),
                        groups().stream().map(StateGroup::summary),
                        writes().stream().map(value -> "-> " + value.shape()))
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
    }
}
