package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final float INF = Float.POSITIVE_INFINITY;
    private static final SamplingOptions SEEDED =
            SamplingOptions.DEFAULTS.with().seed(42).build();

    /** Written down once; another sequence means that a seed no longer gives the tokens it gave. */
    private static final List<Integer> GOLDEN = List.of(
            296, 607, 749, 827, 39, 962, 860, 913, 807, 533, 819, 513, 956, 909, 275, 321, 559, 506, 180, 336, 290, 313,
            866, 181);

    @Test
    void aSeedGivesTheSameTokensForever() {
        Sampler sampler = new Sampler(
                SamplingOptions.PLAIN
                        .with()
                        .topP(0.9)
                        .repeatPenalty(1.3)
                        .seed(2026)
                        .build(),
                1000);
        assertThat(tokens(sampler, 24)).isEqualTo(GOLDEN);
    }

    @Test
    void resetStartsAgainAndAForkGoesOnAlike() {
        Sampler sampler =
                new Sampler(SEEDED.with().repeatPenalty(1.5).penaltyLastN(5).build(), 1000);
        List<Integer> first = tokens(sampler, 20);
        Sampler fork = sampler.fork();
        Sampler other = sampler.fork(43);
        List<Integer> goesOn = tokens(sampler, 20);
        assertThat(tokens(fork, 20)).isEqualTo(goesOn);
        assertThat(tokens(other, 20)).isNotEqualTo(goesOn);
        assertThat(other.seed()).isEqualTo(43);
        sampler.reset();
        assertThat(tokens(sampler, 20)).isEqualTo(first);
        assertThat(first).isNotEqualTo(goesOn);
    }

    @Test
    void withoutASeedSamplersDifferAndTellTheirSeed() {
        Sampler one = new Sampler(SamplingOptions.PLAIN, 1000);
        Sampler two = new Sampler(SamplingOptions.PLAIN, 1000);
        List<Integer> tokens = tokens(one, 20);
        assertThat(tokens(two, 20)).isNotEqualTo(tokens);
        Sampler again =
                new Sampler(SamplingOptions.PLAIN.with().seed(one.seed()).build(), 1000);
        assertThat(tokens(again, 20)).isEqualTo(tokens);
    }

    @Test
    void rowsOfASegmentAreReadWhereTheyAre() {
        try (Arena arena = Arena.ofConfined()) {
            float[][] rows = {logits(1, 777), logits(2, 777)};
            MemorySegment segment =
                    arena.allocate(2L * 777 * Float.BYTES + 2, 4).asSlice(1);
            for (int row = 0; row < 2; row++) {
                MemorySegment.copy(
                        rows[row], 0, segment, ValueLayout.JAVA_FLOAT_UNALIGNED, row * 777L * Float.BYTES, 777);
            }
            Sampler fromArray = new Sampler(SEEDED.with().logprobs(3).build(), 777);
            Sampler fromSegment = fromArray.fork();
            for (int i = 0; i < 50; i++) {
                assertThat(fromSegment.next(segment.asReadOnly(), i % 2)).isEqualTo(fromArray.next(rows[i % 2]));
                assertThat(fromSegment.logprobs()).isEqualTo(fromArray.logprobs());
            }
            assertThatThrownBy(() -> fromSegment.next(segment, 2)).hasMessageContaining("row=2");
            assertThatThrownBy(() -> fromSegment.next(segment, -1)).hasMessageContaining("row=-1");
        }
    }

    @Test
    void theCallersLogitsStayAsTheyAre() {
        Sampler sampler = new Sampler(
                SEEDED.with().repeatPenalty(2).logitBias(Map.of(0, -3.0)).build(), 1000);
        float[] logits = logits(1, 1000);
        float[] before = logits.clone();
        sampler.next(logits);
        sampler.next(logits);
        assertThat(logits).isEqualTo(before);
    }

    @Test
    void greedyTakesTheFirstOfTheGreatest() {
        float[] logits = logits(1, 1000);
        logits[300] = 100;
        logits[301] = 100;
        assertThat(new Sampler(SamplingOptions.GREEDY, 1000).next(logits)).isEqualTo(300);
        SamplingOptions banned = SamplingOptions.GREEDY
                .with()
                .logitBias(Map.of(300, Double.NEGATIVE_INFINITY))
                .build();
        assertThat(new Sampler(banned, 1000).next(logits)).isEqualTo(301);
        float[] zeros = {-1, 0f, -0f, 0f};
        assertThat(new Sampler(SamplingOptions.GREEDY, 4).next(zeros)).isEqualTo(1);
        zeros[1] = -0f;
        zeros[2] = 0f;
        assertThat(new Sampler(SamplingOptions.GREEDY, 4).next(zeros)).isEqualTo(1);
    }

    @Test
    void greedyWithTypicalTakesTheGreatestThatTypicalLeaves() {
        // the first token says nothing new: its surprise is far below the entropy
        float[] logits = {3, 2, 2, 2, 2, 2, 2, 2, 2, 2};
        SamplingOptions options = SamplingOptions.GREEDY.with().typicalP(0.2).build();
        assertThat(new Sampler(options, 10).next(logits)).isEqualTo(1);
    }

    @Test
    void whatIsNotANumberIsNeverSilentlyAToken() {
        for (SamplingOptions options : List.of(SamplingOptions.GREEDY, SEEDED, SamplingOptions.PLAIN)) {
            for (int bits : new int[] {0x7fc00000, 0xffc00000, 0x7f800001, 0xff800001, -1}) {
                for (int at : new int[] {0, 255, 256, 999}) {
                    Sampler sampler = new Sampler(options, 1000);
                    sampler.accept(3);
                    sampler.accept(4);
                    float[] logits = logits(1, 1000);
                    logits[at] = Float.intBitsToFloat(bits);
                    assertThatThrownBy(() -> sampler.next(logits))
                            .isInstanceOf(InvalidLogitsException.class)
                            .hasMessageContaining("1 of 1000 are NaN")
                            .hasMessageContaining("token " + at + ",")
                            .hasMessageContaining("position=2");
                }
            }
            float[] impossible = new float[1000];
            Arrays.fill(impossible, -INF);
            assertThatThrownBy(() -> new Sampler(options, 1000).next(impossible))
                    .isInstanceOf(InvalidLogitsException.class)
                    .hasMessageContaining("minus infinity");
        }
    }

    @Test
    void anErrorChangesNothing() {
        Sampler sampler = new Sampler(SEEDED, 1000);
        Sampler undisturbed = sampler.fork();
        float[] broken = logits(1, 1000);
        broken[5] = Float.NaN;
        assertThatThrownBy(() -> sampler.next(broken)).isInstanceOf(InvalidLogitsException.class);
        assertThat(tokens(sampler, 20)).isEqualTo(tokens(undisturbed, 20));
    }

    @Test
    void infiniteLogitsShareEverything() {
        float[] logits = {1, INF, -INF, 5, INF};
        Sampler sampler = new Sampler(SamplingOptions.PLAIN.with().logprobs(5).build(), 5);
        Distribution distribution = sampler.distribution(logits);
        assertThat(distribution.size()).isEqualTo(2);
        assertThat(distribution.token(0)).isEqualTo(1);
        assertThat(distribution.token(1)).isEqualTo(4);
        assertThat(distribution.probability(0)).isEqualTo(0.5);
        assertThat(sampler.next(logits)).isIn(1, 4);
        assertThat(sampler.logprobs().chosen().logprob()).isCloseTo(Math.log(0.5), within(1e-15));
        assertThat(sampler.logprobs().top()).extracting(Logprob::token).containsExactly(1, 4);
    }

    @Test
    void aBannedTokenIsNeverChosen() {
        float[] logits = {50, 1, 1, INF};
        SamplingOptions options = SamplingOptions.PLAIN
                .with()
                .logitBias(Map.of(0, Double.NEGATIVE_INFINITY, 3, Double.NEGATIVE_INFINITY))
                .frequencyPenalty(-1e300)
                .build();
        Sampler sampler = new Sampler(options, 4);
        sampler.accept(0);
        assertThat(IntStream.range(0, 100).map(i -> sampler.next(logits)).toArray())
                .doesNotContain(0, 3);
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        Sampler sampler = new Sampler(SEEDED, 10);
        assertThatThrownBy(() -> sampler.next(new float[9])).hasMessageContaining("logits=9, vocabulary=10");
        assertThatThrownBy(() -> sampler.accept(10)).hasMessageContaining("token=10, range: 0 to 9");
        assertThatThrownBy(() -> sampler.accept(-1)).hasMessageContaining("token=-1");
        assertThatThrownBy(() -> new Sampler(SEEDED, 0)).hasMessageContaining("vocabulary=0");
        SamplingOptions biased = SEEDED.with().logitBias(Map.of(10, 1.0)).build();
        assertThatThrownBy(() -> new Sampler(biased, 10)).hasMessageContaining("token=10");
        assertThatThrownBy(sampler::logprobs).hasMessageContaining("logprobs=-1");
        Sampler asked = new Sampler(SEEDED.with().logprobs(0).build(), 10);
        assertThatThrownBy(asked::logprobs).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void logprobsAreThoseOfTheModel() {
        float[] logits = logits(9, 2000);
        SamplingOptions options = SEEDED.with()
                .logprobs(4)
                .temperature(0.3)
                .presencePenalty(50)
                .logitBias(Map.of(7, 60.0))
                .build();
        Sampler sampler = new Sampler(options, 2000);
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        List<Oracle.Item> best = new Oracle(SamplingOptions.PLAIN.with().topK(4).build()).filter(logits, List.of());
        for (int n = 0; n < 10; n++) {
            int token = sampler.next(logits);
            Logprobs logprobs = sampler.logprobs();
            assertThat(logprobs.chosen().token()).isEqualTo(token);
            assertThat(logprobs.chosen().logprob()).isCloseTo(logits[token] - Math.log(sum), within(1e-12));
            assertThat(logprobs.top()).hasSize(4);
            for (int i = 0; i < 4; i++) {
                assertThat(logprobs.top().get(i).token()).isEqualTo(best.get(i).id());
                assertThat(logprobs.top().get(i).logprob())
                        .isCloseTo(best.get(i).logit() - Math.log(sum), within(1e-12));
            }
        }
    }

    @Test
    void moreLogprobsThanTokensAreAllOfThem() {
        Sampler sampler = new Sampler(SEEDED.with().logprobs(Integer.MAX_VALUE).build(), 3);
        sampler.next(new float[] {1, -INF, 2});
        assertThat(sampler.logprobs().top()).extracting(Logprob::token).containsExactly(2, 0);
    }

    static float[] logits(long seed, int vocabulary) {
        Random random = new Random(seed);
        float[] logits = new float[vocabulary];
        for (int i = 0; i < vocabulary; i++) {
            logits[i] = (float) (random.nextGaussian() * 2);
        }
        return logits;
    }

    private static List<Integer> tokens(Sampler sampler, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> sampler.next(logits(i, 1000)))
                .toList();
    }
}
