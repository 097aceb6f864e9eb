package dev.javelin.conformance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Something that a device keeps to besides right numbers, such as what happens after close. Immutable; checking it needs no
 * test framework.
 *
 * @param topic what promises are grouped by
 * @param name unique, a sentence
 */
public record Promise(String topic, String name, Body body) {

    /** Of a promise, compiling its kernels included: a cold driver on a slow machine takes minutes for those. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    /** Opens devices, does something with them, and fails with {@link Claim.Broken} where the promise is not kept. */
    @FunctionalInterface
    public interface Body {
        void check(DeviceOpener opener) throws Exception;
    }

    /** The device does not support what the promise is checked with. */
    static final class Unsupported extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unsupported(String message) {
            super(message);
        }
    }

    /** Checks the promise on a thread of its own, so that a device that hangs is a device that fails. */
    public Verdict check(DeviceOpener opener) {
        AtomicReference<Verdict> verdict = new AtomicReference<>();
        Thread checker = Thread.ofPlatform().daemon().name(name).start(() -> verdict.set(verdict(opener)));
        try {
            if (!checker.join(LONGEST)) {
                StringBuilder where = new StringBuilder();
                for (StackTraceElement element : checker.getStackTrace()) {
                    where.append(System.lineSeparator()).append("    at ").append(element);
                }
                return new Verdict.Failed("%s: not done after %s, hanging%s".formatted(name, LONGEST, where));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict.Failed(name + ": interrupted");
        }
        Verdict said = verdict.get();
        return said == null ? new Verdict.Failed(name + ": the check ended without a verdict") : said;
    }

    private Verdict verdict(DeviceOpener opener) {
        try {
            body.check(opener);
            return new Verdict.Passed(0);
        } catch (Unsupported no) {
            return new Verdict.Refused(String.valueOf(no.getMessage()));
        } catch (Claim.Broken broken) {
            return new Verdict.Failed("%s: %s%s".formatted(name, broken.getMessage(), causeOf(broken)));
        } catch (Exception | AssertionError | LinkageError unexpected) {
            return new Verdict.Failed("%s: unexpected exception: %s".formatted(name, Traces.of(unexpected)));
        }
    }

    private static String causeOf(Claim.Broken broken) {
        Throwable cause = broken.getCause();
        return cause == null ? "" : System.lineSeparator() + Traces.of(cause);
    }

    @Override
    public String toString() {
        return name;
    }
}
