package dev.javelin.runtime.template;

/** {@code break} and {@code continue}. */
final class JumpStatement extends Statement {
    private final Flow flow;

    JumpStatement(int at, Flow flow) {
        super(at, 0);
        this.flow = flow;
    }

    @Override
    Flow execute(Scope scope, TextBuilder out) {
        return flow;
    }
}
