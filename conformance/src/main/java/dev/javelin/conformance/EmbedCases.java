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
        /** In a second turn, ids that the first one chose. */
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
        Limits limits = new Limits(tokens + slack, 1, feedback ? tokens + slack : 1, 2 * tokens + slack)
                .with(new Limits.Extras(rows ? width : 0, 0, 0, false));

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
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            boolean row = from == From.ROWS || (from == From.IDS_AND_ROWS && i % 2 == 0);
            added.add(new NewToken(row ? Source.EMBEDDING : Source.ID, row ? i : random.nextInt(vocabulary), i));
            if (from == From.FEEDBACK) {
                wanted.add(new Wanted(tokens - 1 - i, Want.ID));
            }
        }
        turns.add(Turn.of(List.of(new Part(0, 0, added, List.of())), wanted));
        if (from == From.FEEDBACK) {
            List<NewToken> chosen = new ArrayList<>();
            for (int i = 0; i < tokens; i++) {
                // every third token is an ordinary id, beside those that were chosen
                chosen.add(
                        i % 3 == 2
                                ? new NewToken(Source.ID, random.nextInt(vocabulary), tokens + i)
                                : new NewToken(Source.FEEDBACK, random.nextInt(tokens), tokens + i));
            }
            turns.add(Turn.of(List.of(new Part(0, tokens, chosen, List.of())), wanted));
        }
        return turns;
    }
}
