package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.PtxLexer.Kind;
import dev.javelin.cuda.ptx.PtxLexer.Token;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands behind {@code .global}, {@code .shared}, {@code .param} and their like. */
final class VariableParser {
    private VariableParser() {}

    /** Variables of one declaration, with its end. */
    static List<PtxVariable> variables(TokenReader tokens, String space) {
        List<PtxVariable> variables = new ArrayList<>();
        variables.add(variable(tokens, space));
        while (tokens.skip(",")) {
            PtxVariable first = variables.getFirst();
            variables.add(named(tokens, space, first.type(), first.align(), 1));
        }
        tokens.expect(";");
        return variables;
    }

    static PtxVariable variable(TokenReader tokens, String space) {
        int align = 0;
        int lanes = 1;
        while (true) {
            Token token = tokens.next(Kind.DOTTED);
            switch (token.text()) {
                case "align" -> align = (int) tokens.integer();
                case "v2" -> lanes = 2;
                case "v4" -> lanes = 4;
                case "ptr", "global", "shared", "const" -> {} // what a parameter points to
                default -> {
                    PtxType type = PtxType.named(token.text());
                    if (type == null || type == PtxType.PRED) {
                        throw tokens.unexpected(token, "a type");
                    }
                    if (space.equals("param")) {
                        skipPointerHints(tokens);
                    }
                    return named(tokens, space, type, Math.max(align, lanes * type.bytes()), lanes);
                }
            }
        }
    }

    private static void skipPointerHints(TokenReader tokens) {
        while (tokens.peek().kind() == Kind.DOTTED) {
            Token hint = tokens.next();
            switch (hint.text()) {
                case "ptr", "global", "shared", "const", "local" -> {}
                case "align" -> tokens.integer();
                default -> throw tokens.unexpected(hint, "a name");
            }
        }
    }

    private static PtxVariable named(TokenReader tokens, String space, PtxType type, int align, int lanes) {
        String name = tokens.next(Kind.WORD).text();
        long count = lanes;
        boolean open = false;
        while (tokens.skip("[")) {
            if (tokens.peek().kind() == Kind.NUMBER) {
                count *= tokens.integer();
            } else {
                open = true;
            }
            tokens.expect("]");
        }
        List<Operand> initial = new ArrayList<>();
        if (tokens.skip("=")) {
            initial(tokens, initial);
        }
        if (open && !initial.isEmpty()) {
            count = initial.size();
        } else if (open) {
            count = 0;
        }
        return new PtxVariable(space, name, type, align, count * type.bytes(), List.copyOf(initial));
    }

    private static void initial(TokenReader tokens, List<Operand> values) {
        if (tokens.skip("{")) {
            while (!tokens.skip("}")) {
                initial(tokens, values);
                tokens.skip(",");
            }
        } else if (tokens.peek().kind() == Kind.WORD) {
            throw tokens.unexpected(tokens.peek(), "a number");
        } else {
            boolean minus = tokens.skip("-");
            Operand.Immediate number = Numbers.read(tokens.next(Kind.NUMBER));
            values.add(minus ? Numbers.negate(number) : number);
        }
    }
}
