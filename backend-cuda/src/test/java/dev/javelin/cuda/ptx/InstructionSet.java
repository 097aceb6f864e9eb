package dev.javelin.cuda.ptx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All instructions known, by opcode. */
final class InstructionSet {

    /** Decodes one instruction. */
    @FunctionalInterface
    interface Decoder {
        Step decode(Coding coding);
    }

    private final Map<String, Decoder> decoders = new HashMap<>();

    InstructionSet(GlobalMemory memory) {
        List.of("add", "sub", "mul", "mad", "fma", "div", "rem", "abs", "neg", "min", "max", "sad", "mul24", "mad24")
                .forEach(opcode -> put(opcode, InstructionSet::arithmetic));
        ExtendedArithmetic.addTo(this);
        FloatFunctions.addTo(this);
        Logic.addTo(this);
        DotProducts.addTo(this);
        Comparisons.addTo(this);
        Moves.addTo(this);
        Conversions.addTo(this);
        WarpInstructions.addTo(this);
        BarrierInstructions.addTo(this);
        MatrixInstructions.addTo(this);
        new MemoryInstructions(memory).addTo(this);
        new AtomicInstructions(memory).addTo(this);
        new AsyncCopyInstructions(memory).addTo(this);
    }

    void put(String opcode, Decoder decoder) {
        if (decoders.put(opcode, decoder) != null) {
            throw new IllegalStateException(opcode + " is decoded twice");
        }
    }

    Step decode(Coding coding) {
        Decoder decoder = decoders.get(coding.opcode());
        if (decoder == null) {
            throw coding.error("unknown instruction " + coding.opcode());
        }
        return decoder.decode(coding);
    }

    private static Step arithmetic(Coding coding) {
        if (ExtendedArithmetic.writesCarry(coding)) {
            return ExtendedArithmetic.decode(coding, false);
        }
        return switch (coding.lastType()) {
            case F32 -> FloatArithmetic.decode(coding);
            case F64 -> DoubleArithmetic.decode(coding);
            case F16, BF16, F16X2, BF16X2 -> HalfArithmetic.decode(coding);
            default -> IntegerArithmetic.decode(coding);
        };
    }
}
