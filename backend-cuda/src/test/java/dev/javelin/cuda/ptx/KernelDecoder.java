package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.BasicBlock.Ending;
import dev.javelin.cuda.ptx.BasicBlock.Guarded;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a kernel of what was read: places for its variables, basic blocks, and a step for each instruction. */
final class KernelDecoder {
    private final PtxFunction function;
    private final InstructionSet instructions;
    private final Slots slots = new Slots();
    private final Symbols symbols;
    private final Flow flow;

    KernelDecoder(PtxFunction function, InstructionSet instructions, Symbols ofModule) {
        this.function = function;
        this.instructions = instructions;
        this.symbols = new Symbols(ofModule);
        this.flow = Flow.of(function);
    }

    Kernel decode(List<PtxVariable> moduleShared, List<String> lines) {
        Layout layout = Layout.of(function, moduleShared, symbols);
        BasicBlock[] code = new BasicBlock[flow.blocks()];
        for (int i = 0; i < code.length; i++) {
            code[i] = block(i);
        }
        return new Kernel(function.name(), code, slots, layout, function.directives(), lines);
    }

    private BasicBlock block(int number) {
        int from = flow.starts().get(number);
        int to = flow.starts().get(number + 1);
        PtxInstruction last = function.instructions().get(to - 1);
        boolean ended = Flow.ends(last);
        List<Guarded> steps = new ArrayList<>();
        for (PtxInstruction instruction : function.instructions().subList(from, ended ? to - 1 : to)) {
            Step step = instructions.decode(new Coding(instruction, slots, symbols));
            steps.add(new Guarded(instruction.line(), guard(instruction), step));
        }
        Step ending = ended ? ending(last, number) : (warp, lanes) -> warp.jump(number + 1);
        return new BasicBlock(steps.toArray(Guarded[]::new), new Ending(last.line(), ending));
    }

    private @Nullable Condition guard(PtxInstruction instruction) {
        return instruction.guard() == null
                ? null
                : new Condition(slots.of(instruction.guard()), instruction.negated() ? Lanes.ALL : 0);
    }

    private Step ending(PtxInstruction last, int number) {
        Coding coding = new Coding(last, slots, symbols);
        Condition guard = guard(last);
        int next = number + 1;
        return switch (last.opcode()) {
            case "bra" -> branch(last, coding, guard, number);
            case "brx" -> indexedBranch(last, coding, flow.meetings().get(number));
            case "ret", "exit" -> {
                coding.take("uni");
                coding.done(0);
                yield (warp, lanes) -> {
                    int ending = guard == null ? lanes : lanes & guard.lanes(warp);
                    if (ending != lanes) {
                        warp.jump(next);
                    }
                    warp.end(ending);
                };
            }
            default -> {
                Step barrier = BarrierInstructions.decode(coding);
                yield (warp, lanes) -> {
                    int some = guard == null ? lanes : lanes & guard.lanes(warp);
                    warp.jump(next);
                    if (some != 0) {
                        barrier.run(warp, some);
                    }
                };
            }
        };
    }

    private Step branch(PtxInstruction last, Coding coding, @Nullable Condition guard, int number) {
        coding.take("uni");
        coding.done(1);
        int target = blockOf(last, last.operands().getFirst());
        int meeting = flow.meetings().get(number);
        return guard == null
                ? (warp, lanes) -> warp.jump(target)
                : (warp, lanes) -> warp.branch(lanes & guard.lanes(warp), target, number + 1, meeting);
    }

    private int blockOf(PtxInstruction branch, Operand label) {
        return flow.blockAt(Flow.target(function.labels(), branch, label));
    }

    private Step indexedBranch(PtxInstruction branch, Coding coding, int meeting) {
        coding.takeOne("idx");
        coding.take("uni");
        coding.done(2);
        if (branch.guard() != null) {
            throw coding.error("a guard before an indexed branch is not known");
        }
        int index = coding.intSource(0, PtxType.U32);
        int[] targets = Flow.targets(function, branch).stream()
                .mapToInt(label -> blockOf(branch, new Operand.Symbol(label, 0)))
                .toArray();
        return (warp, lanes) -> {
            int[] chosen = warp.ints[index];
            int rest = lanes;
            boolean first = true;
            while (rest != 0) {
                int lane = Integer.numberOfTrailingZeros(rest);
                int choice = chosen[lane];
                if (choice < 0 || choice >= targets.length) {
                    throw new Fault(
                            Fault.Kind.OUT_OF_BOUNDS, lane, "branch " + choice + " of " + targets.length + " targets");
                }
                int same = 0;
                for (int others = rest; others != 0; others &= others - 1) {
                    int other = Integer.numberOfTrailingZeros(others);
                    same |= chosen[other] == choice ? 1 << other : 0;
                }
                rest &= ~same;
                if (first && rest == 0) {
                    warp.jump(targets[choice]);
                    return;
                }
                if (first) {
                    warp.part(meeting);
                    first = false;
                }
                warp.push(targets[choice], meeting, same);
            }
        };
    }
}
