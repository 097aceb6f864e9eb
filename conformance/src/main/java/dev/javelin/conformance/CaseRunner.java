package dev.javelin.conformance;

import dev.javelin.api.Bindings;
import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Lowering;
import dev.javelin.api.Op;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.UnsupportedOpException;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks cases on a device: against the reference where one is given, and always against formulas in double. Needs no test
 * framework. For one thread.
 */
public final class CaseRunner {

    private final @Nullable Device reference;

    /** @param reference the oracle; the caller closes it. Null to check against formulas alone, as the reference itself is */
    public CaseRunner(@Nullable Device reference) {
        this.reference = reference;
    }

    /** Runs the case and says what came of it. */
    public Verdict check(Device device, Case tried) {
        try {
            return supported(device, tried) ? run(device, tried) : refused(device, tried);
        } catch (Claim.Broken broken) {
            return new Verdict.Failed(describe(tried, String.valueOf(broken.getMessage())));
        } catch (RuntimeException | AssertionError | LinkageError unexpected) {
            return new Verdict.Failed(describe(tried, "unexpected exception: " + Traces.of(unexpected)));
        }
    }

    private static String describe(Case tried, String reason) {
        return "%s%n  case: %s%n  seed: %d, precision: %s%n  again: -Djavelin.kit.seed=%d '-Djavelin.kit.case=%s'"
                .formatted(reason, tried.name(), tried.seed(), tried.precision(), tried.seed(), tried.name());
    }

    private static boolean supported(Device device, Case tried) {
        for (Op op : tried.program().ops()) {
            boolean first = device.supports(op);
            boolean again = device.supports(op);
            Claim.that(first == again, "support for an operation does not change: op=%s", op.summary());
        }
        try {
            Lowering.lower(
                    tried.program(), List.of(), device::supports, device.info().id());
            return true;
        } catch (UnsupportedOpException no) {
            return false;
        }
    }

    /** What is not supported must be refused at once, naming what and who. */
    private static Verdict refused(Device device, Case tried) {
        int before = device.memoryUse().open();
        UnsupportedOpException no;
        try (Arena arena = Arena.ofShared()) {
            Contents contents = tried.contents();
            CaseWeights source = new CaseWeights(
                    tried.program().weights(), contents, tried.setting().sliced(), arena);
            PlanSpec spec = new PlanSpec(tried.program(), tried.limits(), tried.precision());
            no = Claim.refuses(
                    UnsupportedOpException.class,
                    "placing weights for what is not supported",
                    () -> device.place(List.of(tried.program()), source, LoadListener.NONE)
                            .close());
            Claim.refuses(
                    UnsupportedOpException.class,
                    "preparing what is not supported",
                    () -> device.prepare(spec, Bindings.NONE).close());
        }
        String message = String.valueOf(no.getMessage());
        Claim.that(
                message.contains(device.info().id())
                        && tried.program().ops().stream()
                                .flatMap(Programs::flat)
                                .anyMatch(op -> message.contains(op.getClass().getSimpleName())),
                "a refusal names the operation and the device: message=%s",
                message);
        Claim.that(device.memoryUse().open() == before, "a refusal leaves nothing open");
        return new Verdict.Refused(message);
    }

    private Verdict run(Device device, Case tried) {
        Map<Op, Format> types = types(device, tried);
        Contents contents = tried.contents();
        Expected expected = Formulas.of(tried, contents, op -> types.getOrDefault(op, Format.F32));
        Observed actual = DeviceRun.of(device, tried, tried.program(), contents);
        Observed oracle = reference == null ? null : DeviceRun.ofOracle(reference, tried, contents);
        Comparison comparison = new Comparison();
        comparison.compare(tried, actual, expected, oracle, "reference");
        if (tried.parts() != null) {
            Observed parts = DeviceRun.of(device, tried, tried.parts(), contents);
            comparison.compare(tried, parts, expected, actual, "fused");
        }
        return new Verdict.Passed(comparison.closeness());
    }

    /** What the device declares for all operations of the case. */
    private static Map<Op, Format> types(Device device, Case tried) {
        Map<Op, Format> types = new LinkedHashMap<>();
        for (Op op : tried.program().ops()) {
            declare(device, tried, op, types);
            Programs.flat(op).forEach(part -> declare(device, tried, part, types));
        }
        return types;
    }

    private static void declare(Device device, Case tried, Op op, Map<Op, Format> types) {
        if (device.supports(op)) {
            Format type = device.activation(op, tried.precision());
            Claim.that(
                    tried.precision() == Precision.FAST || type == Format.F32,
                    "EXACT means F32: op=%s, activation=%s",
                    op.summary(),
                    type);
            types.put(op, type);
        }
    }
}
