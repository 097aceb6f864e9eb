package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the parser knows of the places around the current one. */
final class Nesting {

    /** How deep blocks and brackets may nest: the parser calls itself for each, with about 15 frames of stack. */
    private static final int DEEPEST = 100;

    /** How deep nodes may nest, counting chains of operators; see {@link Meter#DEPTH}. */
    private static final int DEEPEST_NODE = 400;

    private final List<Set<String>> macros = new ArrayList<>();
    private int depth;
    private int loops;
    private int forBlocks;
    private int optional;

    void enter(int at) {
        if (++depth > DEEPEST) {
            throw Fault.limit("blocks and brackets may nest at most " + DEEPEST + " deep")
                    .at(at);
        }
    }

    void leave() {
        depth--;
    }

    <T extends Expr> T checked(T node) {
        if (node.depth() > DEEPEST_NODE) {
            throw Fault.limit("operators may nest or follow each other at most " + DEEPEST_NODE + " deep")
                    .at(node.at());
        }
        return node;
    }

    /** A name is read: macros look for some special ones in their bodies. */
    void mention(String name) {
        macros.forEach(names -> names.add(name));
    }

    void enterMacro() {
        macros.add(new HashSet<>());
    }

    /** The names read since the macro was entered. */
    Set<String> leaveMacro() {
        return macros.removeLast();
    }

    void enterFor() {
        forBlocks++;
    }

    void leaveFor() {
        forBlocks--;
    }

    boolean inFor() {
        return forBlocks > 0;
    }

    void enterLoop() {
        loops++;
    }

    void leaveLoop() {
        loops--;
    }

    boolean inLoop() {
        return loops > 0;
    }

    /** Bodies of macros are not in the loop around them. Returns what {@link #resumeLoops} takes. */
    int suspendLoops() {
        int suspended = loops;
        loops = 0;
        return suspended;
    }

    void resumeLoops(int suspended) {
        loops = suspended;
    }

    /** Where a filter that does not exist is an error only if it is reached. */
    void enterOptional() {
        optional++;
    }

    void leaveOptional() {
        optional--;
    }

    boolean isOptional() {
        return optional > 0;
    }
}
