package dev.javelin.cuda.ptx;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the variables of a kernel lie in its own spaces.
 *
 * @param parameters the place of each parameter among the parameters
 * @param sharedBytes of static shared memory
 * @param dynamicStart where shared memory that the launch asks for begins
 */
record Layout(List<Parameter> parameters, int parameterBytes, int sharedBytes, int dynamicStart, int localBytes) {

    /** Where a parameter is, and its bytes. */
    record Parameter(int start, int bytes) {}

    /** Lays the variables out, and tells the symbols. */
    static Layout of(PtxFunction function, List<PtxVariable> moduleShared, Symbols symbols) {
        List<PtxVariable> shared = new ArrayList<>(moduleShared);
        function.variables().stream()
                .filter(variable -> variable.space().equals("shared"))
                .forEach(shared::add);
        Packer parameters = new Packer(symbols);
        List<Parameter> starts = function.parameters().stream()
                .map(parameter -> new Parameter(parameters.add(parameter), (int) parameter.bytes()))
                .toList();
        Packer statics = new Packer(symbols);
        shared.stream().filter(variable -> variable.bytes() > 0).forEach(statics::add);
        int dynamicAlignment = shared.stream()
                .filter(variable -> variable.bytes() == 0)
                .mapToInt(PtxVariable::align)
                .max()
                .orElse(16);
        int dynamicStart = align(statics.end, Math.max(16, dynamicAlignment));
        shared.stream()
                .filter(variable -> variable.bytes() == 0)
                .forEach(variable -> symbols.put(variable, dynamicStart));
        Packer local = new Packer(symbols);
        function.variables().stream()
                .filter(variable -> variable.space().equals("local"))
                .forEach(local::add);
        return new Layout(starts, parameters.end, statics.end, dynamicStart, local.end);
    }

    private static int align(int at, int alignment) {
        return (at + alignment - 1) / alignment * alignment;
    }

    /** Puts one variable behind the other. */
    private static final class Packer {
        private final Symbols symbols;
        private int end;

        private Packer(Symbols symbols) {
            this.symbols = symbols;
        }

        private int add(PtxVariable variable) {
            int start = align(end, variable.align());
            end = start + Math.toIntExact(variable.bytes());
            symbols.put(variable, start);
            return start;
        }
    }
}
