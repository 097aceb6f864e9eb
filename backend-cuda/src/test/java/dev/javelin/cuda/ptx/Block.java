package dev.javelin.cuda.ptx;

/** The threads of one block, run by one host thread: each warp until a barrier holds it, then the next. */
final class Block {
    private final Launch launch;
    private final int index;
    private final SharedMemory shared;
    private final Barriers barriers;
    private final Warp[] warps;
    private final Counters counters;

    Block(Launch launch, int index, Counters counters, Columns[] columns) {
        this.launch = launch;
        this.index = index;
        this.counters = counters;
        warps = new Warp[columns.length];
        shared = new SharedMemory(launch.sharedBytes());
        barriers = new Barriers(this);
        for (int i = 0; i < warps.length; i++) {
            warps[i] = new Warp(this, i, columns[i]);
        }
    }

    Launch launch() {
        return launch;
    }

    int index() {
        return index;
    }

    int threads() {
        return (int) launch.threads().count();
    }

    int warps() {
        return warps.length;
    }

    Warp warp(int number) {
        return warps[number];
    }

    SharedMemory shared() {
        return shared;
    }

    Barriers barriers() {
        return barriers;
    }

    Counters counters() {
        return counters;
    }

    void count(BasicBlock block, int lanes) {
        counters.instructions += block.size();
        counters.laneInstructions += (long) block.size() * Integer.bitCount(lanes);
        if (counters.instructions > launch.budget()) {
            throw new Fault(Fault.Kind.BUDGET, "more than " + launch.budget() + " instructions of warps in a launch")
                    .at(launch.place(this));
        }
    }

    void run() {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Warp warp : warps) {
                if (warp.live() != 0 && !warp.waiting()) {
                    warp.run();
                    progress = true;
                }
            }
        }
        barriers.checkEnd();
    }
}
