package dev.javelin.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints an answer while it comes, its thinking part as the mode says, and keeps both. For one thread. */
final class AnswerWriter {
    private final Screen screen;
    private final boolean prints;
    private final boolean shows;
    private final boolean dims;
    private final @Nullable Thinking thinking;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private boolean within;
    private boolean after;

    /**
     * Nothing is printed yet.
     *
     * @param prints false to keep only
     * @param mode null for a text that has no thinking part
     * @param within whether the prompt has begun the thinking part already
     */
    AnswerWriter(Screen screen, boolean prints, @Nullable ThinkMode mode, boolean within) {
        this.screen = screen;
        this.prints = prints;
        this.shows = mode == ThinkMode.SHOW;
        this.dims = prints
                && shows
                && screen.terminals().out()
                && screen.terminals().colours();
        this.thinking = mode == null ? null : new Thinking(within);
    }

    void piece(String piece) {
        write(thinking == null ? List.of(new Thinking.Part(false, piece)) : thinking.push(piece));
    }

    /** Ends the answer, and the line it stands on. */
    void end() {
        write(thinking == null ? List.of() : thinking.end());
        leave();
        if (prints && (text.isEmpty() || text.charAt(text.length() - 1) != '\n')) {
            screen.print("\n");
        }
    }

    /** The answer without its thinking part. */
    String text() {
        return text.toString();
    }

    /** The thinking part. */
    String thought() {
        return thought.toString().strip();
    }

    private void write(List<Thinking.Part> parts) {
        for (Thinking.Part part : parts) {
            if (part.thought()) {
                thought.append(part.text());
                enter();
                print(shows, part.text());
            } else {
                leave();
                String answer =
                        text.isEmpty() && !thought.isEmpty() ? part.text().stripLeading() : part.text();
                text.append(answer);
                print(true, answer);
            }
        }
    }

    private void enter() {
        if (within) {
            return;
        }
        within = true;
        if (dims) {
            screen.dim();
        } else {
            print(shows, Thinking.BEGIN);
        }
    }

    private void leave() {
        if (!within || after) {
            return;
        }
        after = true;
        if (dims) {
            screen.plain();
        } else {
            print(shows, Thinking.END);
        }
        print(shows, "\n\n");
    }

    private void print(boolean wanted, String what) {
        if (prints && wanted && !what.isEmpty()) {
            screen.print(screen.terminals().out() ? Quoted.harmless(what) : what);
        }
    }
}
