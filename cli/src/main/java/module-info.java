/** The command line. */
module dev.javelin.cli {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires dev.javelin.runtime;
    requires dev.javelin.synth;
    requires dev.javelin.tiny;
    requires info.picocli;
    requires org.jline.reader;
    requires org.jline.terminal;

    opens dev.javelin.cli to
            info.picocli;

    provides System.LoggerFinder with
            dev.javelin.cli.PlainLoggers;
}
