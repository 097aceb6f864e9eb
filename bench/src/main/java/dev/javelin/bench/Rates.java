package dev.javelin.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a benchmark gets through in a second, besides its operations. For the one thread of the benchmark. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Rates {
    /** Bytes of weights read, in 10⁹. */
    public double weightGigabytes;

    /** Multiplications with the addition that follows, in 10⁹. */
    public double multiplyAddGigas;
}
