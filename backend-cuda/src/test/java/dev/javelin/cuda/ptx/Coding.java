package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.Operand.Immediate;
import dev.javelin.cuda.ptx.Operand.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instruction while it is being decoded. Whoever decodes it takes the modifiers that he knows; one that is left is an error,
 * so that nothing is ignored in silence.
 */
final class Coding {
    private final PtxInstruction source;
    private final Slots slots;
    private final Symbols symbols;
    private final List<String> modifiers;

    Coding(PtxInstruction source, Slots slots, Symbols symbols) {
        this.source = source;
        this.slots = slots;
        this.symbols = symbols;
        this.modifiers = new ArrayList<>(source.modifiers());
    }

    String opcode() {
        return source.opcode();
    }

    Slots slots() {
        return slots;
    }

    Symbols symbols() {
        return symbols;
    }

    int line() {
        return source.line();
    }

    PtxException error(String message) {
        return new PtxException(source.line(), message + " in '" + source.name() + "'");
    }

    // modifiers

    boolean take(String modifier) {
        return modifiers.remove(modifier);
    }

    boolean has(String modifier) {
        return modifiers.contains(modifier);
    }

    /** Takes the one of these that is there. */
    @Nullable
    String takeAny(String... options) {
        for (String option : options) {
            if (modifiers.remove(option)) {
                return option;
            }
        }
        return null;
    }

    String takeOne(String... options) {
        String taken = takeAny(options);
        if (taken == null) {
            throw error("expected one of " + List.of(options));
        }
        return taken;
    }

    /** Takes the first type. */
    PtxType takeType() {
        for (int i = 0; i < modifiers.size(); i++) {
            PtxType type = PtxType.named(modifiers.get(i));
            if (type != null) {
                modifiers.remove(i);
                return type;
            }
        }
        throw error("no type known here");
    }

    /** The last type, which stays. */
    PtxType lastType() {
        for (String modifier : modifiers.reversed()) {
            PtxType type = PtxType.named(modifier);
            if (type != null) {
                return type;
            }
        }
        throw error("no type known here");
    }

    /** Ends the modifiers: one that is left is unknown. */
    void done() {
        if (!modifiers.isEmpty()) {
            throw error("unknown modifier ." + modifiers.getFirst());
        }
    }

    /** Ends the modifiers, and checks how many operands there are. */
    void done(int operands) {
        done();
        if (count() != operands) {
            throw error("expected " + operands + " operands, found " + count());
        }
    }

    // operands

    int count() {
        return source.operands().size();
    }

    Operand operand(int index) {
        if (index >= count()) {
            throw error("operand " + (index + 1) + " is missing");
        }
        return source.operands().get(index);
    }

    /** A register of up to 32 bits that is written, or read where nothing else may stand. */
    int narrow(int index) {
        return narrow(operand(index));
    }

    int narrow(Operand operand) {
        if (operand instanceof Operand.Sink) {
            return slots.freshInts();
        }
        if (operand instanceof Register register && !register.type().wide() && register.type() != PtxType.PRED) {
            return slots.of(register);
        }
        throw error("expected a register of up to 32 bits, found " + operand);
    }

    /** A register of 64 bits that is written. */
    int wide(int index) {
        return wide(operand(index));
    }

    int wide(Operand operand) {
        if (operand instanceof Operand.Sink) {
            return slots.freshLongs();
        }
        if (operand instanceof Register register && register.type().wide()) {
            return slots.of(register);
        }
        throw error("expected a register of 64 bits, found " + operand);
    }

    /** A predicate that is written. */
    int predicate(int index) {
        return predicate(operand(index));
    }

    int predicate(Operand operand) {
        if (operand instanceof Operand.Sink) {
            return slots.freshPredicate();
        }
        if (operand instanceof Register register && register.type() == PtxType.PRED) {
            return slots.of(register);
        }
        throw error("expected a predicate, found " + operand);
    }

    /** A predicate that is read. */
    Condition condition(int index) {
        return condition(operand(index));
    }

    Condition condition(Operand operand) {
        if (operand instanceof Operand.Negated(Operand inner)) {
            Condition turned = condition(inner);
            return new Condition(turned.slot(), ~turned.flip());
        }
        if (operand instanceof Immediate number) { // a predicate that nobody writes is false
            return new Condition(slots.freshPredicate(), number.bits() != 0 ? Lanes.ALL : 0);
        }
        return new Condition(predicate(operand), 0);
    }

    /** The column of a source of up to 32 bits. */
    int intSource(int index, PtxType type) {
        return intSource(operand(index), type);
    }

    int intSource(Operand operand, PtxType type) {
        if (operand instanceof Immediate immediate) {
            return slots.constant((int) Immediates.bits(immediate, type));
        }
        if (operand instanceof Operand.Special special) {
            return special(special);
        }
        if (operand instanceof Operand.Symbol symbol) {
            return slots.constant(symbol.name().equals("WARP_SZ") ? Lanes.COUNT : (int) symbols.address(symbol, this));
        }
        return narrow(operand);
    }

    private int special(Operand.Special special) {
        SpecialRegister register = SpecialRegister.named(special.name());
        if (register == null) {
            throw error("unknown register " + special);
        }
        return slots.special(register);
    }

    /** The column of a source of 64 bits. */
    int longSource(int index, PtxType type) {
        return longSource(operand(index), type);
    }

    int longSource(Operand operand, PtxType type) {
        if (operand instanceof Immediate immediate) {
            return slots.constant(Immediates.bits(immediate, type));
        }
        if (operand instanceof Operand.Symbol symbol) {
            return slots.constant(symbols.address(symbol, this));
        }
        return wide(operand);
    }

    /** A source, or a destination, that may be of any width: for conversions, loads and stores. */
    Place place(Operand operand, PtxType type) {
        PtxType held = operand instanceof Register register ? register.type() : type;
        if (held.wide()) {
            return new Place(true, operand instanceof Operand.Sink ? wide(operand) : longSource(operand, type), -1);
        }
        int mask = held.bits() == 32 ? -1 : (1 << held.bits()) - 1;
        return new Place(false, operand instanceof Operand.Sink ? narrow(operand) : intSource(operand, type), mask);
    }

    /** The elements of a vector, or the one operand that is none. */
    static List<Operand> elements(Operand operand) {
        return operand instanceof Operand.Vector(List<Operand> elements) ? elements : List.of(operand);
    }

    /** The number that must be there as a literal. */
    long literal(int index) {
        if (operand(index) instanceof Immediate(long bits, Immediate.Form form) && form == Immediate.Form.INTEGER) {
            return bits;
        }
        throw error("expected a number, found " + operand(index));
    }
}
