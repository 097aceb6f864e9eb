package dev.javelin.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Logs warnings as one line each on standard error, and nothing else. Usable from any thread. */
public final class PlainLoggers extends System.LoggerFinder {

    /** For the service loader. */
    public PlainLoggers() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Plain(name);
    }

    private record Plain(String name) implements System.Logger {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.WARNING.getSeverity();
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                String cause = thrown == null ? "" : ": " + thrown;
                System.err.println("javelin: warning: " + message + cause);
            }
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            if (isLoggable(level)) {
                String message = String.valueOf(format);
                log(level, bundle, new MessageFormat(message, Locale.ROOT).format(values), (Throwable) null);
            }
        }
    }
}
