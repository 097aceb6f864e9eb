package dev.javelin.api;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a plan works on: all from the device that prepares it, all kept open by their owners for as long as the plan runs.
 *
 * @param weights null for a program that reads none
 * @param states null for a program that keeps none
 * @param buffers by name: every input, and those outputs that shall stay on the device instead of coming back to host memory.
 *     One buffer may serve several plans, as the output of one and the input of another
 * @param feedback keeps the ids that a run chose, so that a later step can name one by its row without the host having seen
 *     it; I32, one for each output row, taken from the program's first output of {@link Want#ID ids}. A program without one
 *     only reads it. Plans that shall see each other's ids share it; null keeps them to the plan
 */
public record Bindings(
        @Nullable Weights weights,
        @Nullable StateStore states,
        Map<String, Buffer> buffers,
        @Nullable Buffer feedback) {

    /** Nothing at all. */
    public static final Bindings NONE = new Bindings(null, null, Map.of(), null);

    public Bindings {
        buffers = Map.copyOf(buffers);
    }

    /** The same with other weights. */
    public Bindings with(Weights other) {
        return new Bindings(other, states, buffers, feedback);
    }

    /** The same with another state. */
    public Bindings with(StateStore other) {
        return new Bindings(weights, other, buffers, feedback);
    }

    /** The same with one more buffer, for the input or output of that name. */
    public Bindings with(String name, Buffer buffer) {
        Map<String, Buffer> more = new LinkedHashMap<>(buffers);
        more.put(name, buffer);
        return new Bindings(weights, states, more, feedback);
    }

    /** The same with a buffer for the ids that runs choose. */
    public Bindings withFeedback(Buffer ids) {
        return new Bindings(weights, states, buffers, ids);
    }

    /**
     * Refuses bindings that lack something the program needs, or hold a buffer that is too small or of no use.
     *
     * @throws IllegalArgumentException naming what is missing
     */
    public void check(Program program, Limits limits) {
        Check.that(
                program.weights().isEmpty() || weights != null,
                "the program reads weights, none are bound: program=%s",
                program.name());
        if (weights != null) {
            for (String name : program.weights().keySet()) {
                Check.that(
                        weights.names().contains(name),
                        "a weight was not placed: program=%s, weight=%s",
                        program.name(),
                        name);
            }
        }
        for (StateGroup group : program.groups()) {
            Check.that(states != null, "the program keeps state, none is bound: program=%s", program.name());
            if (states != null) {
                states.spec().indexOf(group);
            }
        }
        Map<String, Value> wanted = new LinkedHashMap<>(program.inputs());
        for (String input : wanted.keySet()) {
            Check.that(
                    buffers.containsKey(input), "an input is not bound: program=%s, input=%s", program.name(), input);
        }
        program.outputs().forEach(output -> wanted.put(output.value().name(), output.value()));
        buffers.forEach((name, buffer) -> {
            Value value = wanted.get(name);
            Check.that(
                    value != null,
                    "the program has no such input or output: program=%s, name=%s",
                    program.name(),
                    name);
            if (value != null) {
                holds(name, buffer, value.bytes(limits));
            }
        });
        Set<Buffer> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        distinct.addAll(buffers.values());
        Check.that(
                distinct.size() == buffers.size() && !distinct.contains(feedback),
                "a buffer is bound once in a plan: program=%s, names=%s",
                program.name(),
                buffers.keySet());
        if (feedback != null) {
            holds("feedback", feedback, Format.I32.bytes(limits.outputs()));
        }
    }

    private static void holds(String name, Buffer buffer, long bytes) {
        Check.that(
                buffer.bytes() >= bytes,
                "the buffer is too small: name=%s, bytes=%d, bytesNeeded=%d",
                name,
                buffer.bytes(),
                bytes);
    }
}
