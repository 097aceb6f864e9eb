package dev.javelin.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;

/**
 * A peer's program, started once: it reads a line for each turn and answers with a line of numbers. What it says on its
 * standard error is shown. Whoever starts it closes it; for one thread.
 */
final class PeerProcess implements AutoCloseable {
    private final List<String> command;
    private final Process process;
    private final BufferedWriter turns;
    private final BufferedReader answers;

    PeerProcess(List<String> command) throws IOException {
        this.command = List.copyOf(command);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        turns = process.outputWriter();
        answers = process.inputReader();
    }

    /** Has a turn. */
    String[] ask(String line) throws IOException {
        turns.write(line);
        turns.newLine();
        turns.flush();
        return answer();
    }

    /** The next line, split at spaces. */
    String[] answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the peer must answer each turn, and ended instead: command=" + command);
        }
        return answer.split(" ", -1);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
