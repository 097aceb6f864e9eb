package dev.javelin.cuda.ptx;

/** Makes steps of operations on columns. */
final class Steps {
    private Steps() {}

    static Step ints(int d, int a, Lanes.Int1 operation) {
        return (warp, lanes) -> {
            operation.apply(warp.target(d, lanes), warp.ints[a]);
            warp.keep(d, lanes);
        };
    }

    static Step ints(int d, int a, int b, Lanes.Int2 operation) {
        return (warp, lanes) -> {
            operation.apply(warp.target(d, lanes), warp.ints[a], warp.ints[b]);
            warp.keep(d, lanes);
        };
    }

    static Step ints(int d, int a, int b, int c, Lanes.Int3 operation) {
        return (warp, lanes) -> {
            operation.apply(warp.target(d, lanes), warp.ints[a], warp.ints[b], warp.ints[c]);
            warp.keep(d, lanes);
        };
    }

    static Step longs(int d, int a, Lanes.Long1 operation) {
        return (warp, lanes) -> {
            operation.apply(warp.targetLongs(d, lanes), warp.longs[a]);
            warp.keepLongs(d, lanes);
        };
    }

    static Step longs(int d, int a, int b, Lanes.Long2 operation) {
        return (warp, lanes) -> {
            operation.apply(warp.targetLongs(d, lanes), warp.longs[a], warp.longs[b]);
            warp.keepLongs(d, lanes);
        };
    }

    static Step longs(int d, int a, int b, int c, Lanes.Long3 operation) {
        return (warp, lanes) -> {
            operation.apply(warp.targetLongs(d, lanes), warp.longs[a], warp.longs[b], warp.longs[c]);
            warp.keepLongs(d, lanes);
        };
    }

    static Step shifted(int d, int a, int b, Lanes.LongByInt operation) {
        return (warp, lanes) -> {
            operation.apply(warp.targetLongs(d, lanes), warp.longs[a], warp.ints[b]);
            warp.keepLongs(d, lanes);
        };
    }

    static Step wide(int d, int a, int b, Lanes.Wide2 operation) {
        return (warp, lanes) -> {
            operation.apply(warp.targetLongs(d, lanes), warp.ints[a], warp.ints[b]);
            warp.keepLongs(d, lanes);
        };
    }

    static Step wide(int d, int a, int b, int c, Lanes.Wide3 operation) {
        return (warp, lanes) -> {
            operation.apply(warp.targetLongs(d, lanes), warp.ints[a], warp.ints[b], warp.longs[c]);
            warp.keepLongs(d, lanes);
        };
    }

    /** Any widths, one lane after the other. */
    static Step places(Place d, Place a, Lanes.OfLong1 operation) {
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                d.set(warp, lane, operation.apply(a.get(warp, lane)));
            }
        };
    }

    static Step places(Place d, Place a, Place b, Lanes.OfLong2 operation) {
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                d.set(warp, lane, operation.apply(a.get(warp, lane), b.get(warp, lane)));
            }
        };
    }

    static Step places(Place d, Place a, Place b, Place c, Lanes.OfLong3 operation) {
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                d.set(warp, lane, operation.apply(a.get(warp, lane), b.get(warp, lane), c.get(warp, lane)));
            }
        };
    }
}
