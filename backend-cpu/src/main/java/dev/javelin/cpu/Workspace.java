package dev.javelin.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What the kernels of a device scribble on: small, of fixed size but for the activations, and shared by all plans because
 * kernels never run at the same time. The engine closes it.
 */
final class Workspace implements AutoCloseable {

    /** Tokens that are multiplied with the weights before the next ones are. */
    static final int BATCH = 64;

    private static final long ALIGNMENT = 64;

    private final Arena arena = Arena.ofShared();
    private final Worker[] workers;
    private float[] activations = {};
    private float[] sums = {};

    Workspace(int threads, VectorWidth width) {
        workers = new Worker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new Worker(i, arena, width);
        }
    }

    Worker worker(int number) {
        return workers[number];
    }

    /** Makes room for that many floats for each thread. */
    synchronized void reserve(int floats) {
        for (Worker worker : workers) {
            if (worker.floats.length < floats) {
                worker.floats = new float[floats];
            }
        }
    }

    /** Makes room for a batch of rows of that many activations. */
    synchronized void reserve(int length, int chains) {
        if (activations.length < BATCH * length) {
            activations = new float[Math.multiplyExact(BATCH, length)];
        }
        if (sums.length < BATCH * chains) {
            sums = new float[BATCH * chains];
        }
    }

    synchronized float[] activations() {
        return activations;
    }

    synchronized float[] sums() {
        return sums;
    }

    @Override
    public void close() {
        arena.close();
    }

    /** What one thread has for itself. */
    static final class Worker {
        /** The longest unit of a {@link PanelLayout}. */
        private static final int UNIT_BYTES = 512;

        private final int number;
        private final MemorySegment tile;
        private final MemorySegment[] tails = new MemorySegment[3];
        private final MemorySegment unit = MemorySegment.ofArray(new byte[UNIT_BYTES]);
        private final float[] row = new float[Tile.LENGTH];
        private final float[] spare = new float[Tile.LENGTH];
        private final float[] held;
        private final float[] products;
        private float[] floats = {};

        private Worker(int number, Arena arena, VectorWidth width) {
            this.number = number;
            tile = arena.allocate(Tile.bytes(width.bytes()), ALIGNMENT);
            for (int i = 0; i < tails.length; i++) {
                tails[i] = arena.allocate(width.bytes(), ALIGNMENT);
            }
            held = new float[TileMath.TOKENS * width.lanes()];
            products = new float[BATCH * width.lanes()];
        }

        int number() {
            return number;
        }

        /** See {@link Tile}. */
        MemorySegment tile() {
            return tile;
        }

        /** Room for the last few elements of one of three operands: a vector. */
        MemorySegment tail(int operand) {
            return tails[operand];
        }

        /** The bytes of a unit. */
        MemorySegment unit() {
            return unit;
        }

        /** As many weights as a tile has of each row. */
        float[] row() {
            return row;
        }

        /** Another of that length. */
        float[] spare() {
            return spare;
        }

        /** See {@link TileMath#multiply}. */
        float[] held() {
            return held;
        }

        /** As many as were {@linkplain Workspace#reserve(int) reserved}. */
        float[] floats() {
            return floats;
        }

        /** The products of a panel with a batch. */
        float[] products() {
            return products;
        }
    }
}
