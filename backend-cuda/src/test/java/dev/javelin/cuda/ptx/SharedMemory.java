package dev.javelin.cuda.ptx;

import java.util.BitSet;

/**
 * The shared memory of a block, and for each byte who wrote it last and who has read it since: so races between threads are
 * seen, whatever order the threads happen to run in here. Of words that were only used as a whole the first byte speaks for all. Two threads may write the same value, and only that.
 *
 * <p>Of readers that nothing orders two are remembered, which is enough for every race but some in which three threads read a
 * byte and a barrier of a part of the block orders two of them before the writer.
 */
final class SharedMemory implements Space {
    private static final int THREAD_BITS = 10;
    private static final int THREAD = (1 << THREAD_BITS) - 1;
    private static final int ATOMIC = 1 << 31;
    private static final int LANE_BITS = 5;
    private static final int WORD = 4;

    private final byte[] bytes;
    private final int[] writers;
    private final int[] readers;
    private final int[] otherReaders;
    private final boolean[] split;
    private final BitSet pending = new BitSet();

    SharedMemory(int size) {
        bytes = new byte[size];
        writers = new int[size];
        readers = new int[size];
        otherReaders = new int[size];
        split = new boolean[size / WORD + 1];
    }

    int size() {
        return bytes.length;
    }

    @Override
    public byte[] load(Warp warp, int lane, long address, int count) {
        int at = check(lane, address, count, count);
        int stamp = stamp(warp, lane);
        for (int i = at; i < at + count; i += step(i, count)) {
            int writer = writers[i];
            if (writer != stamp || !pending.isEmpty()) {
                checkRead(warp, lane, i, writer, stamp);
            }
            if (readers[i] != stamp && otherReaders[i] != stamp && !knowsTwoSisters(i, stamp)) {
                addReader(warp, i, stamp);
            }
        }
        warp.located = at;
        return bytes;
    }

    /** How far it is from one cell to the next: a word if it is used as a whole, else a byte. */
    private int step(int at, int count) {
        int word = at / WORD;
        if (count >= WORD && !split[word]) {
            return WORD;
        }
        if (!split[word]) {
            split(word);
        }
        return 1;
    }

    private void split(int word) {
        split[word] = true;
        int first = word * WORD;
        for (int i = first + 1; i < Math.min(first + WORD, bytes.length); i++) {
            writers[i] = writers[first];
            readers[i] = readers[first];
            otherReaders[i] = otherReaders[first];
        }
    }

    @Override
    public void store(Warp warp, int lane, long address, int count, long bits) {
        int at = check(lane, address, count, count);
        write(warp, lane, at, count, bits, stamp(warp, lane));
    }

    @Override
    public long update(Warp warp, int lane, long address, int count, Update update) {
        int at = check(lane, address, count, count);
        int stamp = stamp(warp, lane) | ATOMIC;
        for (int i = at; i < at + count; i += step(i, count)) {
            if (writers[i] >= 0) { // atomic ones do not disturb each other
                checkRead(warp, lane, i, writers[i], stamp);
            }
        }
        long before = Bytes.get(bytes, at, count);
        write(warp, lane, at, count, update.apply(lane, before), stamp);
        return before;
    }

    private void write(Warp warp, int lane, int at, int count, long bits, int stamp) {
        int cell;
        for (int i = 0; i < count; i += cell) {
            int place = at + i;
            cell = step(place, count);
            int writer = writers[place];
            boolean bothAtomic = (writer & stamp) < 0;
            if (writer != stamp
                    && !bothAtomic
                    && !before(writer, warp, stamp)
                    && differs(place, cell, bits >>> (8 * i))) {
                throw race(warp, lane, place, "write", "write", writer);
            }
            checkReaders(warp, lane, place, stamp);
            if (!pending.isEmpty() && pending.get(place)) {
                throw pendingCopy(lane, "write", place);
            }
            writers[place] = stamp;
        }
        Bytes.put(bytes, at, count, bits);
    }

    private boolean differs(int place, int cell, long bits) {
        return cell == 1 ? bytes[place] != (byte) bits : Bytes.getInt(bytes, place) != (int) bits;
    }

    private void checkReaders(Warp warp, int lane, int place, int stamp) {
        if (readers[place] != 0 && !before(readers[place], warp, stamp)) {
            throw race(warp, lane, place, "write", "read", readers[place]);
        }
        if (otherReaders[place] != 0 && !before(otherReaders[place], warp, stamp)) {
            throw race(warp, lane, place, "write", "read", otherReaders[place]);
        }
        readers[place] = 0;
        otherReaders[place] = 0;
    }

    private void checkRead(Warp warp, int lane, int place, int writer, int stamp) {
        if (!pending.isEmpty() && pending.get(place)) {
            throw pendingCopy(lane, "read", place);
        }
        if (writer == 0) {
            throw new Fault(
                    Fault.Kind.UNINITIALISED, lane, "read of shared memory at 0x%x that nobody wrote".formatted(place));
        }
        if (!before(writer, warp, stamp)) {
            throw race(warp, lane, place, "read", "write", writer);
        }
    }

    /** Two lanes of the warp have read it since it last synchronised: a third one orders no writer otherwise. */
    private boolean knowsTwoSisters(int place, int stamp) {
        return ((readers[place] ^ stamp) | (otherReaders[place] ^ stamp)) >>> LANE_BITS == 0;
    }

    private void addReader(Warp warp, int place, int stamp) {
        if (readers[place] == 0 || before(readers[place], warp, stamp)) {
            readers[place] = stamp;
        } else if (otherReaders[place] == 0 || before(otherReaders[place], warp, stamp)) {
            otherReaders[place] = stamp;
        }
    }

    private static int stamp(Warp warp, int lane) {
        return warp.clock().now() << THREAD_BITS | warp.thread(lane);
    }

    /** Whether what has that stamp is ordered before what the thread of the other one does now. */
    private static boolean before(int past, Warp warp, int now) {
        int thread = past & THREAD;
        return thread == (now & THREAD) || warp.clock().after(thread / Lanes.COUNT, (past & ~ATOMIC) >>> THREAD_BITS);
    }

    /** The place of bytes that must be there, aligned. */
    int check(int lane, long address, int count, int alignment) {
        if (address < 0 || address > bytes.length - count) {
            throw new Fault(
                    Fault.Kind.OUT_OF_BOUNDS,
                    lane,
                    "%d bytes of shared memory at 0x%x, of %d".formatted(count, address, bytes.length));
        }
        Space.checkAligned(lane, address, alignment);
        return (int) address;
    }

    private static Fault race(Warp warp, int lane, int place, String what, String before, int stamp) {
        Size threads = warp.block().launch().threads();
        return new Fault(
                Fault.Kind.RACE,
                lane,
                "%s of shared memory at 0x%x, and nothing orders it after the %s by thread %s"
                        .formatted(what, place, before, threads.name(stamp & THREAD)));
    }

    private static Fault pendingCopy(int lane, String what, int place) {
        return new Fault(
                Fault.Kind.PENDING_COPY,
                lane,
                "%s of shared memory at 0x%x, where an asynchronous copy has not been waited for"
                        .formatted(what, place));
    }

    // asynchronous copies

    void beginCopy(Warp warp, int lane, int at, int count) {
        for (int i = at; i < at + count; i += step(i, count)) {
            if (pending.get(i)) {
                throw pendingCopy(lane, "copy", i);
            }
            if (writers[i] != 0 && !before(writers[i], warp, stamp(warp, lane))) {
                throw race(warp, lane, i, "copy", "write", writers[i]);
            }
            checkReaders(warp, lane, i, stamp(warp, lane));
        }
        pending.set(at, at + count);
    }

    void endCopy(Warp warp, int lane, int at, byte[] content) {
        pending.clear(at, at + content.length);
        int stamp = stamp(warp, lane);
        System.arraycopy(content, 0, bytes, at, content.length);
        for (int i = at; i < at + content.length; i += step(i, content.length)) {
            writers[i] = stamp;
        }
    }
}
