package dev.javelin.cuda.ptx;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the variables that a kernel sees lie: each in its own space. */
final class Symbols {

    /** A variable's place within its space. */
    record Located(PtxVariable variable, long address) {}

    private final Map<String, Located> located = new HashMap<>();

    Symbols() {}

    Symbols(Symbols outer) {
        located.putAll(outer.located);
    }

    void put(PtxVariable variable, long address) {
        located.put(variable.name(), new Located(variable, address));
    }

    @Nullable
    Located find(String name) {
        return located.get(name);
    }

    Located require(String name, Coding coding) {
        Located found = located.get(name);
        if (found == null) {
            throw coding.error("unknown variable " + name);
        }
        return found;
    }

    long address(Operand.Symbol symbol, Coding coding) {
        return require(symbol.name(), coding).address() + symbol.offset();
    }
}
