package dev.javelin.conformance;

import java.util.List;

/** The cases of one operation: the axes along which they differ, and how one of them is made. Stateless. */
interface CaseFamily {

    /** The operation's name. */
    String operation();

    List<Axis<?>> axes();

    /** Whether the values go together; what is too much work for a test is not allowed either. */
    default boolean allowed(Choice choice) {
        return true;
    }

    /** Makes the case; the same choice and seed give the same one. Numbers are made later, when it is run. */
    Case build(Choice choice, String name, long seed);
}
