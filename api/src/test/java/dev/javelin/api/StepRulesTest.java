package dev.javelin.api;

import static dev.javelin.api.StepRulesFixture.EXTRAS;
import static dev.javelin.api.StepRulesFixture.LIMITS;
import static dev.javelin.api.StepRulesFixture.STATES;
import static dev.javelin.api.StepRulesFixture.VOCABULARY;
import static dev.javelin.api.StepRulesFixture.WIDTH;
import static dev.javelin.api.StepRulesFixture.begin;
import static dev.javelin.api.StepRulesFixture.fill;
import static dev.javelin.api.StepRulesFixture.rules;
import static dev.javelin.api.StepRulesFixture.sequence;
import static dev.javelin.api.StepRulesFixture.stateless;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Dim.Symbol;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule broken, and kept by a hair. */
class StepRulesTest {

    private static Step step(Limits limits, Consumer<Step> write) {
        Step step = new Step(limits, STATES);
        write.accept(step);
        return step;
    }

    private static void takes(Limits plan, Limits made, Consumer<Step> write) {
        try (Step step = step(made, write)) {
            assertThatCode(() -> rules(plan).check(step)).doesNotThrowAnyException();
        }
    }

    private static void refuses(Limits plan, Limits made, Consumer<Step> write, String... parts) {
        try (Step step = step(made, write)) {
            Refusal.of(() -> rules(plan).check(step), parts);
        }
    }

    private static void takes(Consumer<Step> write) {
        takes(LIMITS, LIMITS, write);
    }

    private static void refuses(Consumer<Step> write, String... parts) {
        refuses(LIMITS, LIMITS, write, parts);
    }

    private static Limits limits(int tokens, int sequences, int outputs, int context) {
        return new Limits(tokens, sequences, outputs, context, EXTRAS);
    }

    private static void tokens(Step step, int count) {
        sequence(step, 0, count);
    }

    @Test
    void takesAStepWithOneOfEverything() {
        takes(StepRulesFixture::fill);
    }

    @Test
    void everySequenceHasTokens() {
        refuses(step -> {}, "tokens=0", "least=1", "program=p");
        refuses(Step::addSequence, "tokens=0");
        refuses(
                step -> {
                    step.addSequence();
                    tokens(step, 2);
                },
                "tokensOfSequence=0");
        refuses(
                step -> {
                    tokens(step, 2);
                    step.addSequence();
                },
                "tokensOfSequence=0");
    }

    @Test
    void aStepIsNoLargerThanThePlan() {
        takes(limits(8, 2, 2, 40), LIMITS, step -> tokens(step, 8));
        refuses(limits(8, 2, 2, 40), LIMITS, step -> tokens(step, 9), "tokens=9", "most=8");
        Consumer<Step> three = step -> {
            tokens(step, 1);
            tokens(step, 1);
            tokens(step, 1);
        };
        takes(three);
        refuses(limits(8, 2, 2, 40), LIMITS, three, "sequences=3", "most=2");
        Consumer<Step> wanting = step -> {
            tokens(step, 1);
            step.addOutput(0, 8);
            step.addOutput(0, 8);
            step.addOutput(0, 8);
        };
        takes(wanting);
        refuses(limits(8, 2, 2, 40), LIMITS, wanting, "outputs=3", "most=2");
        Limits bare = new Limits(40, 3, 4, 40);
        refuses(bare, LIMITS, step -> biased(step, 0), "biases=1", "most=0");
        refuses(bare, LIMITS, StepRulesTest::embedded, "embeddings=1", "most=0");
    }

    private static void biased(Step step, int id) {
        tokens(step, 1);
        step.addOutput(0, 8);
        step.bias(0, id, 1);
    }

    private static void embedded(Step step) {
        begin(step, 0, 1);
        step.addEmbedding(0, 0);
    }

    @Test
    void aStepEndsWithinTheContext() {
        Limits plan = limits(40, 3, 4, 10);
        takes(plan, LIMITS, step -> sequence(step, 7, 10));
        refuses(plan, LIMITS, step -> sequence(step, 8, 11), "kvIndex=8", "most=7");
        refuses(plan, LIMITS, step -> tokens(step, 11), "kvIndex=0", "most=-1");
    }

    @Test
    void aStepEndsWithinItsOwnBlockTables() {
        Limits made = limits(40, 3, 4, 10); // 3 entries, 12 tokens
        takes(LIMITS, made, step -> sequence(step, 7, 10));
        refuses(
                LIMITS,
                made,
                step -> {
                    begin(step, 0, 10);
                    for (int i = 0; i < 13; i++) {
                        step.addToken(i, i, i);
                    }
                },
                "kvIndex=0",
                "most=-3");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 40, Integer.MAX_VALUE - 1, Integer.MAX_VALUE})
    void kvIndicesLieWithinTheContext(int kvIndex) {
        refuses(
                step -> {
                    begin(step, 0, 40);
                    step.addToken(0, 0, kvIndex);
                    step.addToken(0, 0, kvIndex + 1); // wraps round at the largest int
                },
                "kvIndex=" + kvIndex);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "0, 0", "5, 4", "2147483647, -2147483648"})
    void kvIndicesGoUpByOne(int first, int second) {
        refuses(
                step -> {
                    begin(step, 0, 40);
                    step.addToken(0, 0, first);
                    step.addToken(0, 0, second);
                },
                "kvIndex=");
    }

    @Test
    void positionsAreNotNegative() {
        takes(step -> {
            begin(step, 0, 1);
            step.addToken(0, Integer.MAX_VALUE, 0);
        });
        refuses(
                step -> {
                    begin(step, 0, 1);
                    step.addToken(0, -1, 0);
                },
                "position=-1");
    }

    @Test
    void idsAreThoseOfTheSmallestTable() {
        takes(step -> {
            begin(step, 0, 1);
            step.addToken(VOCABULARY - 1, 0, 0);
        });
        for (int id : new int[] {VOCABULARY, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            refuses(
                    step -> {
                        begin(step, 0, 1);
                        step.addToken(id, 0, 0);
                    },
                    "id=" + id,
                    "most=99");
        }
    }

    @Test
    void feedbackNamesAnOutputRow() {
        takes(step -> {
            begin(step, 0, 1);
            step.addFeedback(3, 0, 0);
        });
        for (int row : new int[] {4, -1, Integer.MAX_VALUE}) {
            refuses(
                    step -> {
                        begin(step, 0, 1);
                        step.addFeedback(row, 0, 0);
                    },
                    "feedbackRow=" + row,
                    "most=3");
        }
    }

    @Test
    void feedbackNeedsIdsToBeKept() {
        Numbered values = new Numbered();
        Embed embed = new Embed(values.tokens("x", 4), values.weight("w", Format.F32, 9, 4), 1);
        try (Step step = new Step(LIMITS)) {
            step.addSequence();
            step.addFeedback(0, 0, 0);
            StepRules keepsNone = stateless(LIMITS, List.of(embed), Bindings.NONE);
            Refusal.of(() -> keepsNone.check(step), "keeps no ids of its own and none are bound", "program=q");
            StepRules bound = stateless(LIMITS, List.of(embed), Bindings.NONE.withFeedback(Bound.buffer(16)));
            assertThatCode(() -> bound.check(step)).doesNotThrowAnyException();
        }
    }

    @Test
    void embeddingRowsAreAsWideAsThePlan() {
        takes(StepRulesTest::embedded);
        for (int width : new int[] {WIDTH - 1, WIDTH + 1}) {
            Limits made = LIMITS.with(new Limits.Extras(width, VOCABULARY, 3, true));
            refuses(LIMITS, made, StepRulesTest::embedded, "embeddingWidth=" + width, "most=4");
            Refusal.of(() -> rules(made), "as wide as the table", "embeddingWidth=" + width, "program=p");
        }
    }

    @Test
    void tablesOfDifferentWidthsTakeNoEmbeddingRows() {
        Numbered values = new Numbered();
        List<Op> ops = List.of(
                new Embed(values.tokens("x", 4), values.weight("narrow", Format.F32, 9, 4), 1),
                new Embed(values.tokens("y", 8), values.weight("wide", Format.F32, 9, 8), 1));
        Refusal.of(() -> stateless(LIMITS, ops, Bindings.NONE), "embeddingWidth=4", "table=wide");
        try (Step step = new Step(LIMITS)) {
            step.addSequence();
            step.addEmbedding(0, 0);
            StepRules without = stateless(new Limits(40, 3, 4, 40), ops, Bindings.NONE);
            Refusal.of(() -> without.check(step), "embeddings=1", "most=0");
        }
    }

    @Test
    void blocksCoverAllThatIsSeen() {
        takes(step -> sequence(step, 39, 40));
        for (int index : new int[] {0, 4, 9}) {
            for (int block : new int[] {-1, 30, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                refuses(
                        step -> {
                            sequence(step, 39, 40);
                            step.setBlock(0, index, block);
                        },
                        "a block for all that it sees",
                        "group=full",
                        "index=" + index,
                        "block=" + block,
                        "blocks=30");
            }
        }
    }

    @Test
    void blocksBehindTheWindowAreNotNeeded() {
        Consumer<Step> bare = step -> {
            begin(step, 23, 30);
            for (int i = 0; i < 10; i++) {
                step.setBlock(2, i, -1);
            }
            for (int i = 23; i < 30; i++) {
                step.addToken(0, 0, i); // the first sees 16 to 23
            }
        };
        takes(step -> {
            bare.accept(step);
            for (int i = 4; i <= 7; i++) {
                step.setBlock(2, i, 19);
            }
        });
        for (int missing = 4; missing <= 7; missing++) {
            int index = missing;
            refuses(
                    step -> {
                        bare.accept(step);
                        for (int i = 4; i <= 7; i++) {
                            step.setBlock(2, i, i == index ? -1 : 19);
                        }
                    },
                    "group=windowed",
                    "index=" + index,
                    "blocks=20");
        }
    }

    @Test
    void stepAndPlanSpeakOfTheSameBlocks() {
        Consumer<Step> write = step -> {
            step.addSequence();
            step.setBlock(0, 0, 0);
            step.setBlock(2, 0, 0);
            step.addToken(0, 0, 0);
        };
        StepRules rules = rules(LIMITS);
        try (Step equal = new Step(LIMITS, StepRulesFixture.states(4, 30, 20));
                Step more = new Step(LIMITS, StepRulesFixture.states(4, 99, 99));
                Step longer = new Step(LIMITS, StepRulesFixture.states(8, 30, 20));
                Step none = new Step(LIMITS)) {
            write.accept(equal);
            assertThatCode(() -> rules.check(equal)).doesNotThrowAnyException();
            write.accept(more); // block numbers are checked against the plan's own
            assertThatCode(() -> rules.check(more)).doesNotThrowAnyException();
            more.setBlock(0, 0, 30);
            Refusal.of(() -> rules.check(more), "block=30", "blocks=30");
            write.accept(longer);
            Refusal.of(() -> rules.check(longer), "made for another state", "blockTokens=8", "program=p");
            none.addSequence();
            none.addToken(0, 0, 0);
            Refusal.of(() -> rules.check(none), "made for another state", "step=null");
        }
    }

    @Test
    void masksAreAsWideAsThePlan() {
        Consumer<Step> masked = step -> {
            tokens(step, 1);
            step.addOutput(0, 8);
            step.mask(0);
        };
        takes(masked);
        for (int width : new int[] {VOCABULARY - 1, VOCABULARY + 1}) {
            Limits made = LIMITS.with(new Limits.Extras(WIDTH, width, 3, true));
            refuses(LIMITS, made, masked, "maskWidth=" + width);
            takes(LIMITS, made, step -> tokens(step, 1)); // without a mask it does not matter
        }
        refuses(new Limits(40, 3, 4, 40), LIMITS, masked, "maskWidth=100", "most=0");
    }

    @Test
    void biasesAreOfIdsThatCanBeChosen() {
        takes(step -> biased(step, VOCABULARY - 11));
        refuses(step -> biased(step, VOCABULARY - 10), "biasToken=90", "most=89");
        refuses(step -> biased(step, -1), "biasToken=-1");
        refuses(step -> biased(step, Integer.MAX_VALUE), "biasToken=2147483647");
    }

    @Test
    void treesNeedAPlanMadeForThem() {
        Consumer<Step> tree = step -> {
            tokens(step, 3);
            step.tree();
        };
        takes(tree);
        refuses(LIMITS.with(new Limits.Extras(WIDTH, VOCABULARY, 3, false)), LIMITS, tree, "visibility masks");
        takes(limits(4, 1, 1, 40), LIMITS, tree); // a wider mask is no harm
    }

    @Test
    void adaptersAreReserved() {
        refuses(
                step -> {
                    tokens(step, 1);
                    step.setAdapter(1);
                },
                "adapter=1",
                "most=0");
    }

    @Test
    void aClosedStepIsRefused() {
        Step step = new Step(LIMITS, STATES);
        tokens(step, 1);
        step.close();
        assertThatThrownBy(() -> rules(LIMITS).check(step))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the step is closed");
    }

    @ParameterizedTest
    @EnumSource(
            value = StepColumn.class,
            names = {
                "SOURCE",
                "TOKEN",
                "SEQUENCE",
                "POSITION",
                "KV_INDEX",
                "FIRST",
                "COUNT",
                "ADAPTER",
                "BLOCKS",
                "OUTPUT_TOKEN",
                "BIAS_ROW",
                "BIAS_TOKEN",
                "VISIBLE"
            })
    void columnsWrittenFromOutsideAreCheckedToo(StepColumn column) {
        int first = column == StepColumn.VISIBLE ? 5 : 0; // the sequence with a mask
        for (int row = first; row < first + 2; row++) {
            int at = row;
            for (int value : new int[] {Integer.MIN_VALUE, Integer.MIN_VALUE + 12}) {
                refuses(step -> {
                    fill(step);
                    write(step, column, at, value);
                });
            }
        }
    }

    /** The step of the fixture has 11 tokens in sequences of 5 and 6, 2 outputs, 2 biases and 1 embedding row. */
    @ParameterizedTest
    @CsvSource({
        "SOURCE, 0, 3, 0",
        "SOURCE, 0, -1, 0",
        "TOKEN, 10, 1, 0",
        "SEQUENCE, 4, 1, 0",
        "SEQUENCE, 5, 0, 1",
        "FIRST, 0, 1, 0",
        "FIRST, 1, 6, 5",
        "FIRST, 1, 4, 5",
        "COUNT, 0, 4, 5",
        "COUNT, 0, 6, 5",
        "COUNT, 1, 5, 6",
        "COUNT, 1, 7, 6",
        "COUNT, 1, 2147483647, 6",
        "KV_INDEX, 7, 3, 2",
        "OUTPUT_TOKEN, 1, 11, 10",
        "BIAS_ROW, 1, 2, 1",
        "ADAPTER, 1, 1, 0",
        "VISIBLE, 5, 3, 1",
        "VISIBLE, 6, 4, 3",
    })
    void columnsWrittenFromOutsideAreTakenUpToTheBorder(StepColumn column, int row, int wrong, int right) {
        Consumer<Step> filled = StepRulesFixture::fill;
        takes(filled.andThen(step -> write(step, column, row, right)));
        refuses(filled.andThen(step -> write(step, column, row, wrong)));
    }

    private static void write(Step step, StepColumn column, int row, int value) {
        StepLayout layout = step.layout();
        step.memory().set(JAVA_INT, layout.offset(column) + row * layout.rowBytes(column), value);
    }

    @Test
    void aProgramWithoutStateTakesStepsWithAny() {
        Numbered values = new Numbered();
        Op op = new Unary(values.tokens("y", 4), values.input("x", Shape.rows(Symbol.TOKENS, 4)), Activation.SILU);
        StepRules rules = stateless(LIMITS, List.of(op), Bindings.NONE);
        try (Step step = new Step(LIMITS, STATES)) {
            step.addSequence();
            step.addToken(1_000_000, 0, 0); // nobody reads it
            assertThatCode(() -> rules.check(step)).doesNotThrowAnyException();
        }
    }
}
