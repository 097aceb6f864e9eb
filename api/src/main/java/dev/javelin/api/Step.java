package dev.javelin.api;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.StepColumn.Source;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What changes from run to run: tokens, the sequences they belong to, and what is wanted. Written by its owner, read by
 * devices, reused for the next run. Off-heap columns in one piece, so that a device can take them as they are.
 *
 * <p>Tokens of a sequence follow each other, with KV indices that go up by one. Write in this order: {@link #clear}, and for
 * each sequence {@link #addSequence}, its blocks, its tokens; then output rows, their masks and biases.
 *
 * <p>The creator closes it. For one thread at a time; free to be changed as soon as {@link Plan#run} has returned.
 */
public final class Step implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final StepLayout layout;
    private final MemorySegment memory;
    private int tokens;
    private int sequences;
    private int outputs;
    private int biases;
    private int embeddings;

    /** A step within the limits, for programs without state. */
    public Step(Limits limits) {
        this(new StepLayout(limits, null));
    }

    /** A step within the limits, with block tables for the groups of the state. */
    public Step(Limits limits, @Nullable StateSpec states) {
        this(new StepLayout(limits, states));
    }

    private Step(StepLayout layout) {
        this.layout = layout;
        this.memory = arena.allocate(Math.max(64, layout.bytes()), 64);
    }

    public StepLayout layout() {
        return layout;
    }

    /**
     * All columns, laid out as {@link #layout()} says. Meant for reading; whatever is written here past the methods below is
     * checked like everything else before it is run.
     */
    public MemorySegment memory() {
        return memory;
    }

    // writing

    /** Forgets everything. */
    public void clear() {
        tokens = 0;
        sequences = 0;
        outputs = 0;
        biases = 0;
        embeddings = 0;
    }

    /** Begins the next sequence, without blocks and without an adapter; the tokens that follow belong to it. */
    public int addSequence() {
        requireOpen();
        int sequence = next("sequences", sequences, layout.limits().sequences());
        sequences++;
        set(StepColumn.FIRST, sequence, tokens);
        set(StepColumn.COUNT, sequence, 0);
        set(StepColumn.ADAPTER, sequence, 0);
        set(StepColumn.TREE, sequence, 0);
        StateSpec states = layout.states();
        for (int group = 0; states != null && group < states.groups().size(); group++) {
            fill(StepColumn.BLOCKS, tableRow(group, sequence), -1);
        }
        return sequence;
    }

    /** Says which block of a group holds the {@code index}-th run of tokens of the sequence begun last. */
    public void setBlock(int group, int index, int block) {
        setWide(StepColumn.BLOCKS, tableRow(group, current()), index, block);
    }

    /** Gives the sequence begun last an adapter. */
    public void setAdapter(int adapter) {
        set(StepColumn.ADAPTER, current(), adapter);
    }

    /** Adds a token by its id. */
    public int addToken(int id, int position, int kvIndex) {
        return add(Source.ID, id, position, kvIndex);
    }

    /** Adds the token that an output row of the previous run chose. */
    public int addFeedback(int row, int position, int kvIndex) {
        return add(Source.FEEDBACK, row, position, kvIndex);
    }

    /** Adds a token given by an embedding row, to be filled through {@link #embedding}. */
    public int addEmbedding(int position, int kvIndex) {
        int row = next("embeddings", embeddings, layout.rows(StepColumn.EMBEDDINGS));
        int token = add(Source.EMBEDDING, row, position, kvIndex);
        embeddings++;
        return token;
    }

    /** The floats of the embedding row that stands for the token. */
    public MemorySegment embedding(int token) {
        if (source(token) != Source.EMBEDDING) {
            throw new IllegalArgumentException("the token is not an embedding: token=%d".formatted(token));
        }
        long from = at(StepColumn.EMBEDDINGS, token(token), 0);
        return memory.asSlice(from, layout.rowBytes(StepColumn.EMBEDDINGS));
    }

    /** Wants something of a token; see {@link Want#bits}. */
    public int addOutput(int token, int wants) {
        requireIndex("token", token, tokens);
        int output = next("outputs", outputs, layout.limits().outputs());
        outputs++;
        set(StepColumn.OUTPUT_TOKEN, output, token);
        set(StepColumn.WANTS, output, wants);
        if (layout.rows(StepColumn.MASKED) > 0) {
            set(StepColumn.MASKED, output, 0);
        }
        return output;
    }

    /** From now on only ids that {@link #allow} names may be chosen for the row; none yet. */
    public void mask(int output) {
        requireIndex("output", output, Math.min(outputs, layout.rows(StepColumn.MASKED)));
        set(StepColumn.MASKED, output, 1);
        fill(StepColumn.ALLOWED, output, 0);
    }

    /** Allows one id for a masked row. */
    public void allow(int output, int id) {
        requireIndex("output", output, Math.min(outputs, layout.rows(StepColumn.MASKED)));
        requireIndex("id", id, layout.limits().extras().vocabulary());
        int word = id / Integer.SIZE;
        setWide(StepColumn.ALLOWED, output, word, wide(StepColumn.ALLOWED, output, word) | 1 << id);
    }

    /** Adds to the logit of one id of a row before anything is chosen. */
    public void bias(int output, int id, float value) {
        requireIndex("output", output, outputs);
        int bias = next("biases", biases, layout.rows(StepColumn.BIAS_ROW));
        biases++;
        set(StepColumn.BIAS_ROW, bias, output);
        set(StepColumn.BIAS_TOKEN, bias, id);
        memory.set(JAVA_FLOAT, at(StepColumn.BIAS_VALUE, bias, 0), value);
    }

    /**
     * From now on a new token of the sequence begun last sees only itself and those of its new tokens that {@link #see} names,
     * besides all older ones. That holds for the tokens that it has and for those it will get.
     */
    public void tree() {
        int sequence = current();
        requireIndex("trees", 0, layout.rows(StepColumn.VISIBLE));
        set(StepColumn.TREE, sequence, 1);
        for (int token = first(sequence); token < tokens; token++) {
            seeItselfOnly(token);
        }
    }

    /** Lets a new token see an earlier one of the same sequence. */
    public void see(int token, int other) {
        requireIndex("token", token, tokens);
        int bit = other - first(sequence(token));
        if (bit < 0 || other > token || sequence(other) != sequence(token)) {
            throw new IllegalArgumentException(
                    "a token sees earlier ones of its sequence: token=%d, other=%d".formatted(token, other));
        }
        int word = bit / Integer.SIZE;
        setWide(StepColumn.VISIBLE, token, word, wide(StepColumn.VISIBLE, token, word) | 1 << bit);
    }

    // reading

    public int tokens() {
        return tokens;
    }

    public int sequences() {
        return sequences;
    }

    public int outputs() {
        return outputs;
    }

    public int biases() {
        return biases;
    }

    public int embeddings() {
        return embeddings;
    }

    public Source source(int token) {
        return Source.of(get(StepColumn.SOURCE, token));
    }

    /** The id, the output row or the embedding row, as {@link #source} says. */
    public int token(int token) {
        return get(StepColumn.TOKEN, token);
    }

    public int sequence(int token) {
        return get(StepColumn.SEQUENCE, token);
    }

    public int position(int token) {
        return get(StepColumn.POSITION, token);
    }

    public int kvIndex(int token) {
        return get(StepColumn.KV_INDEX, token);
    }

    public int first(int sequence) {
        return get(StepColumn.FIRST, sequence);
    }

    public int count(int sequence) {
        return get(StepColumn.COUNT, sequence);
    }

    public int adapter(int sequence) {
        return get(StepColumn.ADAPTER, sequence);
    }

    /** The block of a sequence that holds its {@code index}-th run of tokens, or -1. */
    public int block(int group, int sequence, int index) {
        return wide(StepColumn.BLOCKS, tableRow(group, sequence), index);
    }

    public int outputToken(int output) {
        return get(StepColumn.OUTPUT_TOKEN, output);
    }

    public int wants(int output) {
        return get(StepColumn.WANTS, output);
    }

    public boolean wants(int output, Want want) {
        return (wants(output) & want.bit()) != 0;
    }

    public boolean masked(int output) {
        return layout.rows(StepColumn.MASKED) > 0 && get(StepColumn.MASKED, output) != 0;
    }

    /** Whether an id may be chosen for the row; of a masked row only ids of the vocabulary that the step was made for. */
    public boolean allowed(int output, int id) {
        if (!masked(output)) {
            return true;
        }
        return id >= 0
                && id < layout.limits().extras().vocabulary()
                && (wide(StepColumn.ALLOWED, output, id / Integer.SIZE) >>> id & 1) != 0;
    }

    public int biasRow(int bias) {
        return get(StepColumn.BIAS_ROW, bias);
    }

    public int biasToken(int bias) {
        return get(StepColumn.BIAS_TOKEN, bias);
    }

    public float biasValue(int bias) {
        return memory.get(JAVA_FLOAT, at(StepColumn.BIAS_VALUE, bias, 0));
    }

    public boolean tree(int sequence) {
        return get(StepColumn.TREE, sequence) != 0;
    }

    /** Whether a new token sees another new one of the same sequence, windows aside. */
    public boolean visible(int token, int other) {
        int sequence = sequence(token);
        if (!tree(sequence)) {
            return other <= token;
        }
        int bit = other - first(sequence);
        return (wide(StepColumn.VISIBLE, token, bit / Integer.SIZE) >>> bit & 1) != 0;
    }

    /** Whether the mask of a token names none of its sequence after its own, the {@code own}-th. */
    boolean seesEarlierOnly(int token, int own) {
        int words = (int) (layout.rowBytes(StepColumn.VISIBLE) / Integer.BYTES);
        int later = wide(StepColumn.VISIBLE, token, own / Integer.SIZE) & -2 << own;
        for (int word = own / Integer.SIZE + 1; word < words; word++) {
            later |= wide(StepColumn.VISIBLE, token, word);
        }
        return later == 0;
    }

    /** Gives the memory back; the step is of no more use. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private int add(Source source, int what, int position, int kvIndex) {
        int sequence = current();
        int token = next("tokens", tokens, layout.limits().tokens());
        tokens++;
        set(StepColumn.SOURCE, token, source.code());
        set(StepColumn.TOKEN, token, what);
        set(StepColumn.SEQUENCE, token, sequence);
        set(StepColumn.POSITION, token, position);
        set(StepColumn.KV_INDEX, token, kvIndex);
        set(StepColumn.COUNT, sequence, count(sequence) + 1);
        if (tree(sequence)) {
            seeItselfOnly(token);
        }
        return token;
    }

    private void seeItselfOnly(int token) {
        fill(StepColumn.VISIBLE, token, 0);
        see(token, token);
    }

    void requireOpen() {
        if (!arena.scope().isAlive()) {
            throw new IllegalStateException("the step is closed");
        }
    }

    private int current() {
        if (sequences == 0) {
            throw new IllegalStateException("a step begins with a sequence: call addSequence first");
        }
        return sequences - 1;
    }

    private int tableRow(int group, int sequence) {
        requireIndex(
                "group",
                group,
                layout.states() == null ? 0 : layout.states().groups().size());
        return group * layout.limits().sequences() + sequence;
    }

    private static int next(String what, int used, int capacity) {
        if (used >= capacity) {
            throw new IllegalArgumentException("the step is full: what=%s, capacity=%d".formatted(what, capacity));
        }
        return used;
    }

    private static void requireIndex(String what, int index, int size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "the step has no such %s: %s=%d, size=%d".formatted(what, what, index, size));
        }
    }

    private long at(StepColumn column, int row, int index) {
        return layout.at(column, row, index);
    }

    private int get(StepColumn column, int row) {
        return memory.get(JAVA_INT, at(column, row, 0));
    }

    private void set(StepColumn column, int row, int value) {
        memory.set(JAVA_INT, at(column, row, 0), value);
    }

    private int wide(StepColumn column, int row, int index) {
        return memory.get(JAVA_INT, at(column, row, index));
    }

    private void setWide(StepColumn column, int row, int index, int value) {
        memory.set(JAVA_INT, at(column, row, index), value);
    }

    private void fill(StepColumn column, int row, int value) {
        long from = at(column, row, 0);
        int count = (int) (layout.rowBytes(column) / Integer.BYTES);
        for (int i = 0; i < count; i++) { // not a slice, which would be an object
            memory.set(JAVA_INT, from + (long) i * Integer.BYTES, value);
        }
    }
}
