package dev.javelin.cuda.ptx;

/** What kernels did. One per host thread while they run, then added up. */
public final class Counters {
    long launches;
    long instructions;
    long laneInstructions;
    long globalLoaded;
    long globalStored;

    void add(Counters other) {
        launches += other.launches;
        instructions += other.instructions;
        laneInstructions += other.laneInstructions;
        globalLoaded += other.globalLoaded;
        globalStored += other.globalStored;
    }

    /** Kernels launched. */
    public long launches() {
        return launches;
    }

    /** Instructions of warps. */
    public long instructions() {
        return instructions;
    }

    /** Instructions of threads. */
    public long laneInstructions() {
        return laneInstructions;
    }

    /** Bytes that threads asked of global memory, caches left out of account. */
    public long globalLoaded() {
        return globalLoaded;
    }

    /** Bytes that threads wrote to global memory. */
    public long globalStored() {
        return globalStored;
    }
}
