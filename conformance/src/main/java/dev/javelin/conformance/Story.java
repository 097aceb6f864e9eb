package dev.javelin.conformance;

import dev.javelin.api.StepColumn.Source;
import dev.javelin.conformance.Turn.Fork;
import dev.javelin.conformance.Turn.NewToken;
import dev.javelin.conformance.Turn.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What a runtime does with sequences over several runs. */
enum Story {
    /** A prompt, then token by token. */
    DECODE {
        @Override
        void tell(Teller teller) {
            teller.add(0, 21).run().add(0, 1).run().add(0, 1).run().add(0, 1).run();
        }
    },
    /** A prompt in pieces. */
    CHUNKS {
        @Override
        void tell(Teller teller) {
            teller.add(0, 7)
                    .run()
                    .add(0, 7)
                    .run()
                    .add(0, 7)
                    .run()
                    .add(0, 16)
                    .run()
                    .add(0, 1)
                    .run();
        }
    },
    /** Sequences that come and go, prompts beside single tokens. */
    TOGETHER {
        @Override
        void tell(Teller teller) {
            teller.add(0, 9).add(1, 17).run().add(1, 1).add(2, 33).add(0, 1).run();
            teller.add(2, 1).add(3, 4).add(1, 1).run();
        }
    },
    /** Tokens that are taken back and replaced by others. */
    ROLLED_BACK {
        @Override
        void tell(Teller teller) {
            teller.add(0, 20).add(1, 5).run().add(0, 3).run();
            teller.back(0, 18).add(0, 4).add(1, 1).run().back(0, 16).add(0, 1).run();
        }
    },
    /** Sequences that begin as copies of another, at borders of blocks and between them. */
    SHARED {
        @Override
        void tell(Teller teller) {
            teller.add(0, 37).run();
            teller.fork(0, 1, 32).fork(0, 2, 21).add(1, 3).add(0, 1).add(2, 2).run();
            teller.fork(2, 3, 23).add(3, 1).add(2, 1).add(1, 1).run();
        }
    },
    /** Drafts as a tree beside plain tokens, then the branch that was accepted, written anew. */
    DRAFTS {
        @Override
        void tell(Teller teller) {
            teller.add(0, 12).add(1, 3).run().tree(0, 9).add(1, 1).run();
            teller.back(0, 12).add(0, 3).tree(1, 5).run().add(0, 1).run();
        }
    };

    /** Positions are apart from KV indices, or nobody would notice who takes one for the other. */
    private static final int POSITIONS_FROM = 5;

    static final Axis<Story> AXIS = Axis.of("story", List.of(values()));

    abstract void tell(Teller teller);

    /** The turns, with ids below {@code vocabulary}. */
    List<Turn> turns(int vocabulary, SplittableRandom random) {
        Teller teller = new Teller(vocabulary, random);
        tell(teller);
        return List.copyOf(teller.turns);
    }

    /** Builds turns. */
    static final class Teller {
        private final int vocabulary;
        private final SplittableRandom random;
        private final List<Turn> turns = new ArrayList<>();
        private final Map<Integer, Integer> lengths = new HashMap<>();
        private final List<Fork> forks = new ArrayList<>();
        private final List<Part> parts = new ArrayList<>();

        private Teller(int vocabulary, SplittableRandom random) {
            this.vocabulary = vocabulary;
            this.random = random;
        }

        /** So many new tokens of a sequence. */
        Teller add(int sequence, int tokens) {
            return add(sequence, tokens, List.of());
        }

        /** So many drafts of a sequence. */
        Teller tree(int sequence, int tokens) {
            return add(sequence, tokens, Scene.tree(tokens, random));
        }

        private Teller add(int sequence, int tokens, List<List<Integer>> sees) {
            int from = lengths.getOrDefault(sequence, 0);
            List<NewToken> added = new ArrayList<>();
            for (int i = 0; i < tokens; i++) {
                added.add(new NewToken(Source.ID, random.nextInt(vocabulary), position(sequence, from, i, sees)));
            }
            parts.add(new Part(sequence, from, added, sees));
            lengths.put(sequence, from + tokens);
            return this;
        }

        /** Drafts stand where they are in their branch, and the positions of some sequences lag behind. */
        private static int position(int sequence, int from, int i, List<List<Integer>> sees) {
            int index = from + (sees.isEmpty() ? i : sees.get(i).size());
            return sequence % 2 == 1 ? index / 2 : POSITIONS_FROM + index;
        }

        /** Takes back all tokens from there on. */
        Teller back(int sequence, int length) {
            lengths.put(sequence, length);
            return this;
        }

        Teller fork(int from, int to, int length) {
            forks.add(new Fork(from, to, length));
            lengths.put(to, length);
            return this;
        }

        Teller run() {
            turns.add(new Turn(forks, parts, List.of()));
            forks.clear();
            parts.clear();
            return this;
        }
    }
}
