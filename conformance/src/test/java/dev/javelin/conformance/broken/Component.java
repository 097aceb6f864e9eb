package dev.javelin.conformance.broken;

import dev.javelin.api.Op;
import dev.javelin.api.Value;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Something that an operation consists of, such as {@code eps} of a norm or {@code spec.yarn.betaFast} of a rotation. */
record Component(Class<? extends Op> op, List<RecordComponent> path) {

    Component {
        path = List.copyOf(path);
    }

    /** All components of an operation, those of its constants included. */
    static List<Component> of(Class<? extends Op> op) {
        return of(op, op, List.of()).toList();
    }

    private static Stream<Component> of(Class<? extends Op> op, Class<?> owner, List<RecordComponent> path) {
        return Arrays.stream(owner.getRecordComponents()).flatMap(component -> {
            List<RecordComponent> longer = new ArrayList<>(path);
            longer.add(component);
            Class<?> type = component.getType();
            Stream<Component> inner =
                    type.isRecord() && type != Value.class ? of(op, component.getType(), longer) : Stream.empty();
            return Stream.concat(Stream.of(new Component(op, longer)), inner);
        });
    }

    Class<?> type() {
        return path.getLast().getType();
    }

    /** Whether it consists of components itself, of which each counts on its own. */
    boolean container() {
        return type().isRecord() && type() != Value.class;
    }

    /** Such as {@code spec.yarn.betaFast}. */
    String words() {
        return path.stream().map(RecordComponent::getName).collect(Collectors.joining("."));
    }

    /** Such as {@code Rope.spec.yarn.betaFast}. */
    String name() {
        return op.getSimpleName() + "." + words();
    }

    /** The part of a fused operation that it belongs to. */
    Component part() {
        return new Component(op, path.subList(0, 1));
    }

    /** The same component in terms of the part. */
    Component inPart() {
        return new Component(part().type().asSubclass(Op.class), path.subList(1, path.size()));
    }

    /** What it is in the operation; nothing where that is null, or what it belongs to is. */
    Optional<Object> in(Op instance) {
        Object at = instance;
        for (RecordComponent component : path) {
            if (at == null) {
                return Optional.empty();
            }
            at = get(at, component);
        }
        return Optional.ofNullable(at);
    }

    /** The operation with something else in this place, where it {@linkplain #in has} something; nothing if that is not valid. */
    Optional<Op> replaced(Op instance, @Nullable Object other) {
        try {
            return Optional.of(op.cast(rebuilt(instance, 0, other)));
        } catch (InvocationTargetException refused) {
            return Optional.empty();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether it is a constant that could be another one. */
    boolean free(Op instance) {
        Optional<Object> value = in(instance);
        if (value.isEmpty() || !(type().isPrimitive() || type().isEnum())) {
            return false;
        }
        return Wrong.values(type()).stream()
                .map(wrong -> replaced(instance, wrong.of().value(value.get())))
                .flatMap(Optional::stream)
                .anyMatch(other -> !other.equals(instance));
    }

    private Object rebuilt(Object owner, int depth, @Nullable Object other) throws ReflectiveOperationException {
        RecordComponent[] components = owner.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(owner, components[i]);
            if (components[i].getName().equals(path.get(depth).getName())) {
                values[i] =
                        depth + 1 == path.size() ? other : rebuilt(Objects.requireNonNull(values[i]), depth + 1, other);
            }
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return owner.getClass().getDeclaredConstructor(types).newInstance(values);
    }

    private static @Nullable Object get(Object owner, RecordComponent component) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
