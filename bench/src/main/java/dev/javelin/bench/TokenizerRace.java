package dev.javelin.bench;

import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.text.EncodeOptions;
import dev.javelin.runtime.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Javelin's tokenizer and a peer's on the same text, in turns. The peer is a program that is started once, reads a line for
 * each turn and answers with the milliseconds and the number of tokens. Arguments: the vocabulary, then the peer's command.
 */
public final class TokenizerRace {

    private static final int BYTES = 10_000_000;
    private static final int WARM_UP = 4;
    private static final int TURNS = 9;

    private TokenizerRace() {}

    /** Runs the race and prints it. */
    public static void main(String[] arguments) throws IOException {
        Path vocabulary = Path.of(arguments[0]);
        String text = MixedText.of(BYTES);
        Path file = Files.createTempFile("mixed", ".txt");
        try {
            Files.writeString(file, text);
            List<String> command = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
            command.addAll(List.of(vocabulary.toString(), file.toString()));
            try (PeerProcess peer = new PeerProcess(command)) {
                race(vocabulary, text, peer);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void race(Path vocabulary, String text, PeerProcess peer) throws IOException {
        Tokenizer tokenizer;
        try (GgufFile file = GgufFile.open(vocabulary)) {
            tokenizer = Tokenizer.of(file.metadata());
        }
        double[] ours = new double[TURNS];
        double[] theirs = new double[TURNS];
        int tokens = 0;
        int peerTokens = 0;
        for (int turn = -WARM_UP; turn < TURNS; turn++) {
            long start = System.nanoTime();
            tokens = tokenizer.encode(text, EncodeOptions.PLAIN).length;
            double millis = (System.nanoTime() - start) / 1e6;
            String[] parts = peer.ask("go");
            peerTokens = Integer.parseInt(parts[1]);
            if (turn >= 0) {
                ours[turn] = millis;
                theirs[turn] = Double.parseDouble(parts[0]);
            }
        }
        print("javelin", ours, tokens);
        print("peer", theirs, peerTokens);
        System.out.printf(
                Locale.ROOT,
                "ratio of medians %.2f, of the best %.2f%n",
                median(theirs) / median(ours),
                theirs[0] / ours[0]);
    }

    private static double median(double[] millis) {
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }

    private static void print(String name, double[] millis, int tokens) {
        double median = median(millis);
        System.out.printf(
                Locale.ROOT,
                "%-8s median %.0f ms, best %.0f ms, %.1f MB/s, %d tokens%n",
                name,
                median,
                millis[0],
                BYTES / 1e3 / median,
                tokens);
    }
}
