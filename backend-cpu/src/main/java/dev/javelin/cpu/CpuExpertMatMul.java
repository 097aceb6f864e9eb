package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** {@link ExpertMatMul}: expert by expert, each with all rows that chose it. */
final class CpuExpertMatMul implements Kernel {
    private final ExpertMatMul op;
    private final PanelProduct product;
    private final Floats out; // [rows · k, n]
    private final MemorySegment experts; // [rows · k]
    private final int count;
    private final int k;
    private final int[] ends; // of each expert, in order
    private final int[] order; // the choices, by expert

    CpuExpertMatMul(ExpertMatMul op, WidthKernels kernels, PlanMemory<Placed> memory, Threads threads) {
        this.op = op;
        this.out = new Floats(memory.of(op.out()), op.out().shape().size(2));
        this.experts = memory.of(op.experts());
        this.count = op.matrices().shape().size(0);
        this.k = op.experts().width();
        this.ends = new int[count + 1];
        this.order = new int[Math.toIntExact(op.experts().shape().most(memory.limits()))];
        this.product = new PanelProduct(
                memory.weight(op.matrices()).matrix(),
                kernels,
                threads,
                memory.of(op.x()),
                out.memory(),
                op.bias() == null ? null : memory.weight(op.bias()).vector(),
                null);
    }

    @Override
    public void run(Step step) {
        int choices = op.experts().rows().in(step) * k;
        sort(choices);
        int from = 0;
        for (int expert = 0; expert < count; expert++) {
            for (; from < ends[expert]; from++) {
                add(order[from]);
                if (product.isFull()) {
                    product.run(expert, 1);
                }
            }
            product.run(expert, 1);
        }
        for (; from < choices; from++) { // indices may come from anywhere
            out.invalidate(order[from]);
        }
    }

    private void add(int choice) {
        int input = op.inputPerExpert() ? choice : choice / k;
        long width = op.matrices().shape().size(2);
        product.add(input * width * Float.BYTES, out.at(choice, 0));
    }

    /** By counting; those that name no expert come last. */
    private void sort(int choices) {
        Arrays.fill(ends, 0);
        for (int choice = 0; choice < choices; choice++) {
            ends[expert(choice)]++;
        }
        int sum = 0;
        for (int expert = 0; expert <= count; expert++) {
            sum += ends[expert];
            ends[expert] = sum;
        }
        for (int choice = choices - 1; choice >= 0; choice--) {
            order[--ends[expert(choice)]] = choice;
        }
        for (int expert = 0; expert < count; expert++) { // they point to beginnings now
            ends[expert] = ends[expert + 1];
        }
        ends[count] = choices;
    }

    private int expert(int choice) {
        int expert = experts.getAtIndex(JAVA_INT, choice);
        return expert >= 0 && expert < count ? expert : count;
    }
}
