package dev.javelin.cuda.ptx;

import java.util.List;
import java.util.Map;

/** A PTX text, read. */
record PtxModule(String version, String target, Map<String, PtxFunction> functions, List<PtxVariable> variables) {

    static PtxModule read(String text) {
        return new PtxParser(PtxLexer.tokens(text)).module();
    }

    /** The number of the architecture: 80 for {@code sm_80}. */
    int architecture() {
        return Integer.parseInt(target.replaceAll("\\D", ""));
    }
}
