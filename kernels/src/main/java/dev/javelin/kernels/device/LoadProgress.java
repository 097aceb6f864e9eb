package dev.javelin.kernels.device;

import dev.javelin.api.LoadCancelledException;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;

/**
 * Counts the bytes of weights that have been placed, for a listener, whatever the pieces in which they are reported. Usable from
 * several threads at once.
 */
public final class LoadProgress {
    private final String device;
    private final LoadListener listener;
    private final long total;
    private long end; // of the weight being placed
    private long done;

    /** None of them placed yet. */
    public LoadProgress(String device, LoadListener listener, Iterable<Value> weights) {
        this.device = device;
        this.listener = listener;
        long sum = 0;
        for (Value weight : weights) {
            sum = Math.addExact(sum, weight.format().bytes(weight.shape().elements()));
        }
        this.total = sum;
    }

    /** The next weight. */
    public synchronized void begin(Tensor tensor) {
        end += tensor.format().bytes(tensor.shape().elements());
    }

    /**
     * So many bytes more of the weight have been taken over.
     *
     * @throws LoadCancelledException if placing shall end
     */
    public synchronized void advance(long sourceBytes) {
        report(Math.min(end, Bytes.sum(done, sourceBytes)));
    }

    /**
     * All of the weight has been taken over.
     *
     * @throws LoadCancelledException if placing shall end
     */
    public synchronized void finish() {
        report(end);
    }

    private void report(long bytes) {
        if (listener.cancelled()) {
            throw new LoadCancelledException(device, done, total);
        }
        if (bytes > done) {
            done = bytes;
            listener.progress(done, total);
        }
    }
}
