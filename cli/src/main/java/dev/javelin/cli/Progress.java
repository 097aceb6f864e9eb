package dev.javelin.cli;

import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A line on the terminal that says how far something is, from the second second on; nothing where standard error is no
 * terminal. Any thread may tell how far it is. Closing it clears the line.
 */
final class Progress implements AutoCloseable {
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long REDRAW_NANOS = 200_000_000L;

    private final Screen screen;
    private final String what;
    private final long begun = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private volatile double done = -1;
    private boolean closed;
    private int shown;

    /** @param what is being done, such as {@code loading} */
    Progress(Screen screen, String what) {
        this.screen = screen;
        this.what = what;
        if (screen.terminals().err()) {
            Thread.ofPlatform().daemon().name("progress").start(this::draw);
        }
    }

    /** So much of it is done. */
    void update(long done, long of) {
        this.done = of <= 0 ? 1 : (double) done / of;
    }

    private void draw() {
        lock.lock();
        try {
            for (long wait = PATIENCE_NANOS; !closed; ) {
                wait = closing.awaitNanos(wait);
                if (wait <= 0 && !closed) {
                    String line = line();
                    screen.noteRaw("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
                    shown = line.length();
                    wait = REDRAW_NANOS;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private String line() {
        double seconds = (System.nanoTime() - begun) / 1e9;
        String share = done < 0 ? "" : String.format(Locale.ROOT, " %.0f%%,", done * 100);
        return String.format(Locale.ROOT, "%s …%s %.0f s", what, share, seconds);
    }

    /** Clears the line, for good. */
    void end() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                closing.signalAll();
                if (shown > 0) {
                    screen.noteRaw("\r" + " ".repeat(shown) + "\r");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        end();
    }
}
