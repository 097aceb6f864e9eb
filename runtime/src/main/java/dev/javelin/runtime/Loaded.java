package dev.javelin.runtime;

import dev.javelin.api.Device;
import dev.javelin.api.Precision;
import dev.javelin.api.Weights;
import dev.javelin.runtime.engine.Engine;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.model.Transformer;
import dev.javelin.runtime.template.ChatTemplate;
import dev.javelin.runtime.text.Tokenizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * All that an open model consists of.
 *
 * @param template null if neither the file nor the builder has one
 * @param opened what is to be closed, the last first
 */
record Loaded(
        GgufFile file,
        Transformer transformer,
        Tokenizer tokenizer,
        ControlTexts controlTexts,
        @Nullable ChatTemplate template,
        Device device,
        Weights weights,
        Precision precision,
        MemoryPlan memory,
        Engine engine,
        Opened opened)
        implements AutoCloseable {

    @Override
    public void close() {
        opened.close();
    }

    /** Things to be closed in the reverse of the order in which they were opened. */
    static final class Opened implements AutoCloseable {
        private final Deque<AutoCloseable> things = new ArrayDeque<>();
        private final AtomicBoolean closed = new AtomicBoolean();

        <T extends AutoCloseable> T add(T thing) {
            things.push(thing);
            return thing;
        }

        @Override
        public void close() {
            if (closed.getAndSet(true)) {
                return;
            }
            RuntimeException failure = null;
            for (AutoCloseable thing : things) {
                try {
                    thing.close();
                } catch (Exception e) {
                    RuntimeException wrapped = e instanceof RuntimeException same ? same : new IllegalStateException(e);
                    if (failure == null) {
                        failure = wrapped;
                    } else {
                        failure.addSuppressed(wrapped);
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
