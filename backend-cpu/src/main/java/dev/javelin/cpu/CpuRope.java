package dev.javelin.cpu;

import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec.Order;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.PlanMemory;

/** {@link Rope}. */
final class CpuRope extends RowKernel {
    private final Floats x;
    private final Floats out;
    private final RopeAngles angles;
    private final int headSize;
    private final int pairs;
    private final int step; // from one pair to the next
    private final int apart; // the two of a pair

    CpuRope(Rope op, RopeAngles angles, PlanMemory<Placed> memory, Threads threads) {
        super(threads, op.x(), op.x().width());
        this.x = Floats.of(op.x(), memory);
        this.out = Floats.of(op.out(), memory);
        this.angles = angles;
        this.headSize = op.headSize();
        this.pairs = op.spec().dims() / 2;
        this.step = op.spec().order() == Order.NEIGHBOURS ? 2 : 1;
        this.apart = op.spec().order() == Order.NEIGHBOURS ? 1 : pairs;
    }

    @Override
    void begin(Step now) {
        angles.update(now);
    }

    @Override
    void row(Step now, int token, Workspace.Worker worker) {
        for (int head = 0; head < x.width(); head += headSize) {
            turn(token, head);
            for (int i = head + 2 * pairs; i < head + headSize; i++) {
                out.set(token, i, x.get(token, i));
            }
        }
    }

    private void turn(int token, int head) {
        float[] cosines = angles.cosines();
        float[] sines = angles.sines();
        for (int pair = 0; pair < pairs; pair++) {
            float cosine = cosines[token * pairs + pair];
            float sine = sines[token * pairs + pair];
            int at = head + pair * step;
            float first = x.get(token, at);
            float second = x.get(token, at + apart);
            out.set(token, at, first * cosine - second * sine);
            out.set(token, at + apart, first * sine + second * cosine);
        }
    }
}
