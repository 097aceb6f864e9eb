package dev.javelin.cuda.ptx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A module on a device: its variables have places in memory, its kernels are decoded. */
public final class LoadedModule {
    private final Map<String, Kernel> kernels = new HashMap<>();
    private final List<Allocation> variables = new ArrayList<>();
    private final int architecture;

    LoadedModule(String text, GlobalMemory memory) {
        PtxModule module = PtxModule.read(text);
        architecture = module.architecture();
        List<String> lines = text.lines().toList();
        InstructionSet instructions = new InstructionSet(memory);
        Symbols symbols = new Symbols();
        List<PtxVariable> shared = new ArrayList<>();
        for (PtxVariable variable : module.variables()) {
            if (variable.space().equals("shared")) {
                shared.add(variable);
            } else {
                place(variable, memory, symbols);
            }
        }
        for (PtxFunction function : module.functions().values()) {
            if (function.kernel()) {
                function.variables().stream()
                        .filter(variable -> variable.space().equals("global")
                                || variable.space().equals("const"))
                        .forEach(variable -> place(variable, memory, symbols));
                kernels.put(function.name(), new KernelDecoder(function, instructions, symbols).decode(shared, lines));
            }
        }
    }

    private void place(PtxVariable variable, GlobalMemory memory, Symbols symbols) {
        byte[] content = new byte[Math.toIntExact(variable.bytes())];
        int size = variable.type().bytes();
        for (int i = 0; i < variable.initial().size(); i++) {
            Operand.Immediate value = (Operand.Immediate) variable.initial().get(i);
            Bytes.put(content, i * size, size, Immediates.bits(value, variable.type()));
        }
        Allocation allocation = memory.variable(content, variable.space().equals("const"), variable.name());
        variables.add(allocation);
        symbols.put(variable, allocation.start());
    }

    /** The architecture that the text is for, such as 80. */
    public int architecture() {
        return architecture;
    }

    /** The kernel of that name, if there is one. */
    public @Nullable Kernel find(String name) {
        return kernels.get(name);
    }

    /** Frees the module's variables. */
    public void unload() {
        variables.forEach(Allocation::free);
    }
}
