package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.BLOCKS;
import static dev.javelin.conformance.Axes.FORMAT;
import static dev.javelin.conformance.Axes.PRECISION;
import static dev.javelin.conformance.Axes.SLACK;
import static dev.javelin.conformance.Axes.TOKENS;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Dim;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.StepColumn.Source;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.conformance.Turn.Bias;
import dev.javelin.conformance.Turn.NewToken;
import dev.javelin.conformance.Turn.Part;
import dev.javelin.conformance.Turn.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows of a table by id, by what the run before chose, and given by the step; also of a table that is multiplied with too. */
final class EmbedCases implements CaseFamily {

    /** What stands for the tokens. */
    enum From {
        IDS,
        ROWS,
        IDS_AND_ROWS,
        /** In later turns, ids that the turn before chose. */
        FEEDBACK
    }

    private static final Axis<From> FROM = Axis.of("from", List.of(From.values()));
    private static final Axis<Integer> VOCABULARY = Axis.of("vocabulary", List.of(1, 2, 33, 207));
    private static final Axis<Float> SCALE = Axis.of("scale", List.of(1f, 11.31f));
    /** Whether the table is also the matrix of a product. */
    private static final Axis<Boolean> TIED = Axis.of("tied", List.of(false, true));

    @Override
    public String operation() {
        return "Embed";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(
                List.of(FORMAT, BLOCKS, TOKENS, FROM, TIED),
                Axes.drawn(VOCABULARY, SCALE, PRECISION, SLACK, Setting.AXIS));
    }

    @Override
    public boolean allowed(Choice choice) {
        long width = Axes.columns(choice.of(FORMAT), choice.of(BLOCKS));
        long rows = choice.of(TIED) ? choice.of(VOCABULARY) : 1;
        return width * choice.of(TOKENS) * rows <= Axes.MOST_WORK / 8;
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int width = Axes.columns(choice.of(FORMAT), choice.of(BLOCKS));
        int vocabulary = choice.of(VOCABULARY);
        int tokens = choice.of(TOKENS);
        boolean feedback = choice.of(FROM) == From.FEEDBACK;
        boolean rows = choice.of(FROM) == From.ROWS || choice.of(FROM) == From.IDS_AND_ROWS;
        int slack = choice.of(SLACK);
        Limits limits = new Limits(tokens + slack, 1, feedback ? tokens + slack : 1, 3 * tokens + slack)
                .with(new Limits.Extras(rows ? width : 0, 0, feedback ? tokens : 0, false));

        Program.Builder program = Program.builder("embed");
        Value table = program.weight("table", choice.of(FORMAT), Shape.of(vocabulary, width));
        Value out = program.result("out", Shape.rows(Dim.Symbol.TOKENS, width));
        program.add(new Embed(out, table, choice.of(SCALE))).output(out);
        if (choice.of(TIED)) {
            Value logits = program.result("logits", Shape.rows(Dim.Symbol.TOKENS, vocabulary));
            program.add(new MatMul(logits, out, table)).output(logits);
        }
        if (feedback) {
            Value chances = program.input("chances", Format.F32, Shape.rows(Dim.Symbol.OUTPUTS, vocabulary));
            Value ids = program.indices("ids", new Shape(List.of(Dim.Symbol.OUTPUTS)));
            program.add(new ArgMax(ids, chances)).output(ids, Want.ID);
        }
        Draw draw = new Draw(seed, name);
        return Case.builder(operation(), name, seed, program.build())
                .limits(limits)
                .precision(choice.of(PRECISION))
                .setting(choice.of(Setting.AXIS))
                .turns(turns(choice.of(FROM), tokens, vocabulary, draw))
                .contents(() -> {
                    Contents contents = new Contents();
                    draw.weight(contents, table);
                    SplittableRandom random = draw.random("rows");
                    for (int i = 0; rows && i < tokens; i++) {
                        contents.embeddings.add(Spread.HUGE.fill(random, 1, width));
                    }
                    if (feedback) {
                        contents.floats.put("chances", chances(draw, limits.outputs(), vocabulary));
                    }
                    return contents;
                })
                .build();
    }

    private static float[] chances(Draw draw, int rows, int vocabulary) {
        float[] chances = Spread.PLAIN.fill(draw.random("chances"), rows, vocabulary);
        for (int i = 0; i < chances.length; i += 7) {
            chances[i] = Float.NaN; // never chosen, unless there is nothing else
        }
        return chances;
    }

    private static List<Turn> turns(From from, int tokens, int vocabulary, Draw draw) {
        SplittableRandom random = draw.random("ids");
        List<Turn> turns = new ArrayList<>();
        List<NewToken> added = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            boolean row = from == From.ROWS || (from == From.IDS_AND_ROWS && i % 2 == 0);
            added.add(new NewToken(row ? Source.EMBEDDING : Source.ID, row ? i : random.nextInt(vocabulary), i));
        }
        List<Wanted> wanted = from == From.FEEDBACK ? wanted(tokens, vocabulary, random) : List.of();
        turns.add(Turn.of(List.of(new Part(0, 0, added, List.of())), wanted));
        for (int later = 1; from == From.FEEDBACK && later < 3; later++) {
            List<NewToken> chosen = new ArrayList<>();
            for (int i = 0; i < tokens; i++) {
                // every third token is an ordinary id, beside those that were chosen
                chosen.add(
                        i % 3 == 2
                                ? new NewToken(Source.ID, random.nextInt(vocabulary), later * tokens + i)
                                : new NewToken(Source.FEEDBACK, random.nextInt(tokens), later * tokens + i));
            }
            turns.add(Turn.of(
                    List.of(new Part(0, later * tokens, chosen, List.of())), wanted(tokens, vocabulary, random)));
        }
        return turns;
    }

    /** An id of each token; a large bias sees to it that other ids are chosen in each turn. */
    private static List<Wanted> wanted(int tokens, int vocabulary, SplittableRandom random) {
        List<Wanted> wanted = new ArrayList<>();
        for (int i = tokens - 1; i >= 0; i--) {
            Bias bias = new Bias(random.nextInt(vocabulary), 100);
            wanted.add(new Wanted(i, Want.bits(Want.ID), null, List.of(bias)));
        }
        return wanted;
    }
}
