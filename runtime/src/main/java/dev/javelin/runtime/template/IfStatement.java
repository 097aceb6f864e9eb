package dev.javelin.runtime.template;

import java.util.List;

/** {@code if}, {@code elif} and {@code else}. */
final class IfStatement extends Statement {
    private final List<Branch> branches;
    private final Body otherwise;

    record Branch(Expr condition, Body body) {
        int depth() {
            return Math.max(condition.depth(), body.depth());
        }
    }

    IfStatement(int at, List<Branch> branches, Body otherwise) {
        super(
                at,
                Math.max(
                        otherwise.depth(),
                        branches.stream().mapToInt(Branch::depth).max().orElse(0)));
        this.branches = List.copyOf(branches);
        this.otherwise = otherwise;
    }

    @Override
    Flow execute(Scope scope, TextBuilder out) {
        for (Branch branch : branches) {
            if (Truth.of(branch.condition.value(scope))) {
                return branch.body.run(scope, out);
            }
        }
        return otherwise.run(scope, out);
    }
}
