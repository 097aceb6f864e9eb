package dev.javelin.conformance;

import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.StepColumn.Source;
import dev.javelin.api.UnsupportedOpException;
import dev.javelin.api.Want;
import dev.javelin.conformance.Turn.NewToken;
import dev.javelin.conformance.Turn.Part;
import dev.javelin.conformance.Turn.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Results do not depend on company: whatever else is in a step, and however a prompt is cut, a token's row is the same. Bit for
 * bit on CPUs and the reference; on other devices within the tolerance of the case.
 */
final class CompanyPromises {

    private static final int PROMPT = 21;
    private static final int WATCHED = 0;

    private CompanyPromises() {}

    static List<Promise> all() {
        List<Promise> promises = new ArrayList<>();
        for (Format format : List.of(Format.F32, Format.Q8_0, Format.Q4_K)) {
            for (Precision precision : Precision.values()) {
                promises.add(new Promise(
                        "company",
                        "a prompt gives the same however it is cut and whoever is beside it, %s %s"
                                .formatted(format, precision),
                        opener -> prompts(opener, format, precision)));
            }
        }
        for (Precision precision : Precision.values()) {
            promises.add(new Promise(
                    "company",
                    "a row gives the same in a batch of any size, all formats, %s".formatted(precision),
                    opener -> batches(opener, precision)));
        }
        return promises;
    }

    /** A way to run the watched sequence. */
    private record Variant(String name, List<Turn> turns) {}

    private static void prompts(DeviceOpener opener, Format format, Precision precision) {
        TinyModel model = new TinyModel(format, Format.F16, false);
        Contents contents = model.contents();
        SplittableRandom random = new SplittableRandom(3);
        int[] ids = random.ints(PROMPT, 0, TinyModel.VOCABULARY).toArray();
        float[] rubbish = new float[model.width];
        java.util.Arrays.fill(rubbish, Float.NaN);
        contents.embeddings.add(rubbish);
        List<Variant> variants = List.of(
                new Variant("at once", cut(ids, PROMPT, 0, 0, false)),
                new Variant("in pieces of 7", cut(ids, 7, 0, 0, false)),
                new Variant("token by token", cut(ids, 1, 0, 0, false)),
                new Variant("token by token, in a batch of 2", cut(ids, 1, 0, 1, false)),
                new Variant("token by token, in a batch of 8", cut(ids, 1, 3, 4, false)),
                new Variant("token by token, in a batch of 33", cut(ids, 1, 16, 16, false)),
                new Variant("at once, beside others", cut(ids, PROMPT, 2, 1, false)),
                new Variant("in pieces of 7, beside sequences that are not numbers", cut(ids, 7, 1, 1, true)));
        try (Device device = opener.open()) {
            Case first = tried(model, contents, precision, variants.getFirst());
            Observed base = observe(device, first, contents);
            // only needed where rows need not be the same bit for bit
            Expected expected =
                    exactly(device) ? null : Formulas.of(first, contents, op -> declared(device, op, precision));
            for (Variant variant : variants.subList(1, variants.size())) {
                Case tried = tried(model, contents, precision, variant);
                same(first, base, expected, tried, observe(device, tried, contents));
            }
        }
    }

    private static Format declared(Device device, dev.javelin.api.Op op, Precision precision) {
        return device.supports(op) ? device.activation(op, precision) : Format.F32;
    }

    private static Observed observe(Device device, Case tried, Contents contents) {
        try {
            return DeviceRun.of(device, tried, tried.program(), contents);
        } catch (UnsupportedOpException no) {
            throw new Promise.Unsupported(String.valueOf(no.getMessage()));
        }
    }

    /** The prompt in pieces; before and after it in the step, other sequences that go on at the same time. */
    private static List<Turn> cut(int[] ids, int piece, int before, int after, boolean rubbish) {
        SplittableRandom random = new SplittableRandom(11);
        List<Turn> turns = new ArrayList<>();
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int from = 0; from < ids.length; from += piece) {
            List<Part> parts = new ArrayList<>();
            for (int i = 1; i <= before; i++) {
                parts.add(other(i, lengths, random, rubbish));
            }
            List<NewToken> tokens = new ArrayList<>();
            for (int i = from; i < Math.min(ids.length, from + piece); i++) {
                tokens.add(new NewToken(Source.ID, ids[i], i));
            }
            parts.add(new Part(WATCHED, from, tokens, List.of()));
            for (int i = before + 1; i <= before + after; i++) {
                parts.add(other(i, lengths, random, rubbish));
            }
            int first = parts.subList(0, before).stream()
                    .mapToInt(part -> part.tokens().size())
                    .sum();
            List<Wanted> wanted = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                wanted.add(new Wanted(first + i, Want.LOGITS));
            }
            turns.add(Turn.of(parts, wanted));
        }
        return turns;
    }

    /** One to three tokens of another sequence. */
    private static Part other(int sequence, Map<Integer, Integer> lengths, SplittableRandom random, boolean rubbish) {
        int from = lengths.getOrDefault(sequence, 0);
        int count = 1 + sequence % 3;
        List<NewToken> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(
                    rubbish
                            ? new NewToken(Source.EMBEDDING, 0, from + i)
                            : new NewToken(Source.ID, random.nextInt(TinyModel.VOCABULARY), from + i));
        }
        lengths.put(sequence, from + count);
        return new Part(sequence, from, tokens, List.of());
    }

    private static Case tried(TinyModel model, Contents contents, Precision precision, Variant variant) {
        int tokens = variant.turns().stream().mapToInt(Turn::tokens).max().orElseThrow();
        int parts = variant.turns().getFirst().parts().size();
        boolean rubbish = variant.turns().stream()
                .flatMap(turn -> turn.parts().stream())
                .flatMap(part -> part.tokens().stream())
                .anyMatch(token -> token.source() == Source.EMBEDDING);
        return Case.builder("company", variant.name(), 5, model.program)
                .limits(new Limits(
                        tokens,
                        parts,
                        Math.min(tokens, PROMPT),
                        KvAxes.context(variant.turns()),
                        new Limits.Extras(rubbish ? model.width : 0, 0, 0, false)))
                .precision(precision)
                .states(KvAxes.states(8, variant.turns(), Map.of(), model.recent, model.all))
                .turns(variant.turns())
                .contents(() -> contents)
                .build();
    }

    /** Rows of the watched sequence in order, wherever they are in the outputs of the turns. */
    private static List<int[]> places(Case tried, String output) {
        List<int[]> places = new ArrayList<>();
        for (int turn = 0; turn < tried.turns().size(); turn++) {
            int row = 0;
            for (Part part : tried.turns().get(turn).parts()) {
                for (int i = 0; i < part.tokens().size(); i++, row++) {
                    if (part.sequence() == WATCHED) {
                        places.add(new int[] {turn, output.equals("logits") ? i : row});
                    }
                }
            }
        }
        return places;
    }

    /** @param expected tells how far rows may be apart; null if not at all */
    private static void same(Case first, Observed base, @Nullable Expected expected, Case tried, Observed observed) {
        for (String output : List.of("hidden", "logits")) {
            List<int[]> here = places(first, output);
            List<int[]> there = places(tried, output);
            int width = width(first.program(), output);
            for (int token = 0; token < PROMPT; token++) {
                int[] one = here.get(token);
                int[] other = there.get(token);
                Snapshot a = Objects.requireNonNull(base.turns.get(one[0]).get(output));
                Snapshot b = Objects.requireNonNull(observed.turns.get(other[0]).get(output));
                Estimate estimate =
                        expected == null ? null : expected.turns.get(one[0]).get(output);
                for (int i = 0; i < width; i++) {
                    double wanted = a.at(one[1] * width + i);
                    double found = b.at(other[1] * width + i);
                    double most = estimate == null ? 0 : Comparison.PEAK * estimate.noise[one[1] * width + i];
                    Claim.that(
                            Math.abs(found - wanted) <= most,
                            "a token's row does not depend on company: output=%s, token=%d, column=%d, %s=%s, %s=%s,"
                                    + " tolerated=%s",
                            output,
                            token,
                            i,
                            first.name(),
                            wanted,
                            tried.name(),
                            found,
                            most);
                }
            }
        }
    }

    private static int width(Program program, String output) {
        return program.outputs().stream()
                .filter(one -> one.value().name().equals(output))
                .findFirst()
                .orElseThrow()
                .value()
                .width();
    }

    static boolean exactly(Device device) {
        DeviceInfo.Kind kind = device.info().kind();
        return kind == DeviceInfo.Kind.CPU || kind == DeviceInfo.Kind.REFERENCE;
    }

    /** Each row of a product alone, and the same rows in batches. */
    private static void batches(DeviceOpener opener, Precision precision) {
        try (Device device = opener.open()) {
            int checked = 0;
            for (Format format : Axes.FORMAT.values()) {
                ProductRows rows = new ProductRows(format, precision);
                if (rows.supported(device)) {
                    rows.check(device);
                    checked++;
                }
            }
            if (checked == 0) {
                throw new Promise.Unsupported(
                        "needs MatMul in some format: device=" + device.info().id());
            }
        }
    }

    /** The sizes of batches, from one row on. */
    static Stream<Integer> sizes() {
        return Stream.of(1, 2, 8, 33);
    }
}
