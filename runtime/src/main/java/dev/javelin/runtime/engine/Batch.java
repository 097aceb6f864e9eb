package dev.javelin.runtime.engine;

import dev.javelin.api.JavelinException;
import dev.javelin.api.Plan;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sequences and tasks of one plan, and the steps that serve them: a token for each task that chooses, and as much of the
 * prompts of others as the {@link Pace} allows. Where state memory is short, idle sequences lose theirs first, then the tasks
 * that came last; both compute it anew when their turn comes. For one thread.
 */
public final class Batch {
    /** What a step of a task adds. */
    private record Part(Task task, int tokens, int output) {}

    private final Plan plan;
    private final StateStore store;
    private final StateSpec states;
    private final Step step;
    private final BlockPool pool;
    private final Pace pace;
    private final int context;
    private final int most;
    private final Map<Want, String> outputs;
    private final List<Sequence> sequences = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private @Nullable RuntimeException broken;
    private long steps;
    private long tokens;

    /**
     * A batch on a plan and the state it is bound to; their owner closes both, and the step.
     *
     * @param outputs the plan's outputs that tasks want
     * @param stepNanos how long a step should last at most
     */
    public Batch(Plan plan, StateStore store, Step step, Map<Want, String> outputs, long stepNanos) {
        this.plan = plan;
        this.store = store;
        this.states = store.spec();
        this.step = step;
        this.pool = new BlockPool(states);
        this.context = plan.spec().limits().context();
        this.most = plan.spec().limits().sequences();
        this.pace = new Pace(stepNanos, plan.spec().limits().tokens());
        this.outputs = Map.copyOf(outputs);
    }

    Sequence open() {
        return add(new Sequence(new Tokens(), new KvTable(states, pool)));
    }

    Sequence fork(Sequence other) {
        requireOpen(other);
        return add(new Sequence(other.tokens.copy(), other.table.fork()));
    }

    private Sequence add(Sequence sequence) {
        sequences.add(sequence);
        return sequence;
    }

    void close(Sequence sequence) {
        if (sequence.closed) {
            return;
        }
        sequence.closed = true;
        for (Task task : List.copyOf(tasks)) {
            if (task.sequence() == sequence) {
                end(task, Task.End.CANCELLED);
            }
        }
        sequence.table.rollBack(0);
        sequences.remove(sequence);
        wake();
    }

    /** Takes a task; what it cannot take it fails. */
    void begin(Task task) {
        Sequence sequence = task.sequence();
        try {
            if (broken != null) {
                throw broken;
            }
            requireOpen(sequence);
            if (tasks.stream().anyMatch(other -> other.sequence() == sequence)) {
                throw new IllegalStateException(
                        "a conversation does one thing at a time: end the answer before the next");
            }
            requireFits(task.prompt().length, context);
            int same = Math.min(sequence.tokens.common(task.prompt()), task.prompt().length - 1);
            int kept = sequence.table.rollBack(same);
            sequence.tokens.cut(0);
            sequence.tokens.addAll(task.prompt());
            tasks.add(task);
            task.begun(kept);
        } catch (RuntimeException refused) {
            tasks.remove(task);
            task.failed(refused);
        } catch (Error failure) {
            tasks.remove(task);
            task.failed(new JavelinException("a task could not begin: " + failure, failure));
        }
    }

    /**
     * Refuses a prompt that is empty or does not fit.
     *
     * @throws IllegalArgumentException naming both numbers
     */
    public static void requireFits(int tokens, int context) {
        if (tokens == 0) {
            throw new IllegalArgumentException("a prompt has at least one token");
        }
        if (tokens > context) {
            throw new IllegalArgumentException(
                    "the prompt does not fit into the context: promptTokens=%d, context=%d; shorten it, or open the model with a larger context"
                            .formatted(tokens, context));
        }
    }

    boolean busy() {
        return !tasks.isEmpty();
    }

    Engine.Load load() {
        return new Engine.Load(tasks.size(), sequences.size(), pool.inUse(), steps, tokens);
    }

    /** One run of the plan, and what comes of it. */
    void step() {
        for (Task task : List.copyOf(tasks)) {
            if (task.cancelled()) {
                end(task, Task.End.CANCELLED);
            }
        }
        if (tasks.isEmpty()) {
            return;
        }
        try {
            fill();
            long begun = System.nanoTime();
            plan.run(step).await();
            pace.learn(step.tokens(), System.nanoTime() - begun);
        } catch (RuntimeException failure) {
            fail(failure);
            return;
        } catch (Error failure) {
            fail(new JavelinException("a step failed: " + failure, failure));
            return;
        }
        steps++;
        tokens += step.tokens();
        for (Part part : parts) {
            part.task().sequence().table.advance(part.tokens());
        }
        for (Part part : parts) {
            if (part.output() >= 0) {
                choose(part);
            }
        }
    }

    /** Fails all tasks and all that are asked for later: what the state holds is no longer known. */
    void fail(RuntimeException failure) {
        broken = failure;
        List<Task> all = List.copyOf(tasks);
        tasks.clear();
        all.forEach(task -> task.failed(failure));
    }

    /** Ends all tasks; nothing can be asked of it afterwards. */
    void end() {
        for (Task task : List.copyOf(tasks)) {
            end(task, Task.End.CLOSED);
        }
        for (Sequence sequence : List.copyOf(sequences)) {
            close(sequence);
        }
    }

    private void fill() {
        step.clear();
        parts.clear();
        int left = pace.tokens();
        for (Task task : List.copyOf(tasks)) { // those that choose first: they cost little, and somebody watches
            if (task.sequence().pending() == 1 && parts.size() < most) {
                left -= add(task, 1);
            }
        }
        left = Math.max(left, 1);
        for (Task task : List.copyOf(tasks)) {
            if (task.sequence().pending() > 1 && parts.size() < most && left > 0) {
                left -= add(task, Math.min(left, plan.spec().limits().tokens() - step.tokens()));
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalStateException(
                    "state memory for one sequence of the context must be there: states=" + states);
        }
    }

    /** Adds up to so many tokens of a task, fewer where state memory is short; says how many. */
    private int add(Task task, int limit) {
        Sequence sequence = task.sequence();
        int count = Math.min(limit, sequence.pending());
        if (task.waiting || count <= 0) {
            return 0;
        }
        makeRoom(task, count);
        while (count > 0 && !sequence.table.fits(count)) {
            count /= 2;
        }
        if (count == 0) {
            return 0;
        }
        sequence.table.reserve(count, store);
        sequence.lastUsed = steps;
        step.addSequence();
        sequence.table.write(step, count);
        int from = sequence.table.length();
        int last = 0;
        for (int i = from; i < from + count; i++) {
            last = step.addToken(sequence.tokens.get(i), i, i);
        }
        boolean complete = count == sequence.pending();
        int output = complete ? step.addOutput(last, task.want().bit()) : -1;
        parts.add(new Part(task, count, output));
        return count;
    }

    /** Takes the state of idle sequences, the one unused for longest first, and then of tasks that came later. */
    private void makeRoom(Task task, int count) {
        while (!task.sequence().table.fits(count)) {
            Sequence idle = null;
            for (Sequence sequence : sequences) {
                boolean better = idle == null || sequence.lastUsed < idle.lastUsed;
                if (better && sequence.table.length() > 0 && isIdle(sequence)) {
                    idle = sequence;
                }
            }
            if (idle != null) {
                idle.table.rollBack(0);
                continue;
            }
            Task later = laterThan(task);
            if (later == null) {
                return;
            }
            later.sequence().table.rollBack(0);
            later.waiting = true;
        }
    }

    /** The last of the tasks that came after this one, if any of them keeps state and is not in the step yet. */
    private @Nullable Task laterThan(Task task) {
        for (int i = tasks.size() - 1; !tasks.get(i).equals(task); i--) {
            Task later = tasks.get(i);
            if (!later.waiting && later.sequence().table.length() > 0 && !inStep(later)) {
                return later;
            }
        }
        return null;
    }

    private boolean isIdle(Sequence sequence) {
        return tasks.stream().noneMatch(task -> task.sequence() == sequence);
    }

    private boolean inStep(Task task) {
        return parts.stream().anyMatch(part -> part.task().equals(task));
    }

    private void choose(Part part) {
        Task task = part.task();
        if (!tasks.contains(task)) {
            return;
        }
        try {
            String output = Objects.requireNonNull(outputs.get(task.want()), "an output that the plan has");
            int choice = task.choose(plan.output(output), part.output());
            boolean more = task.accept(choice);
            Tokens all = task.sequence().tokens;
            boolean full = all.size() == context;
            if (!full) {
                all.add(choice);
            }
            if (!more || full) {
                end(task, more ? Task.End.FULL : Task.End.STOPPED);
            }
        } catch (RuntimeException failure) {
            tasks.remove(task);
            wake();
            task.failed(failure);
        }
    }

    private void end(Task task, Task.End end) {
        tasks.remove(task);
        wake();
        task.ended(end);
    }

    /** Memory may have become free. */
    private void wake() {
        tasks.forEach(task -> task.waiting = false);
    }

    private static void requireOpen(Sequence sequence) {
        if (sequence.closed) {
            throw new IllegalStateException("the conversation is closed");
        }
    }
}
