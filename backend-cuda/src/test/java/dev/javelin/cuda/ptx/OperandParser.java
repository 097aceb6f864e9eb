package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.Operand.Register;
import dev.javelin.cuda.ptx.PtxLexer.Kind;
import dev.javelin.cuda.ptx.PtxLexer.Token;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Reads operands. */
final class OperandParser {
    private final TokenReader tokens;
    private final Deque<Map<String, Register>> scopes;

    OperandParser(TokenReader tokens, Deque<Map<String, Register>> scopes) {
        this.tokens = tokens;
        this.scopes = scopes;
    }

    List<Operand> untilSemicolon() {
        List<Operand> operands = new ArrayList<>();
        while (!tokens.skip(";")) {
            Operand operand = single();
            operands.add(tokens.skip("|") ? new Operand.Pair(operand, single()) : operand);
            if (!tokens.peek().is(";")) {
                tokens.expect(",");
            }
        }
        return List.copyOf(operands);
    }

    Operand single() {
        Token token = tokens.next();
        if (token.kind() == Kind.NUMBER) {
            return Numbers.read(token);
        }
        if (token.kind() == Kind.WORD) {
            return word(token);
        }
        return switch (token.text()) {
            case "-" -> Numbers.negate(Numbers.read(tokens.next(Kind.NUMBER)));
            case "!" -> new Operand.Negated(single());
            case "{" -> new Operand.Vector(listUntil("}"));
            case "(" -> new Operand.Group(listUntil(")"));
            case "[" -> address();
            default -> throw tokens.unexpected(token, "an operand");
        };
    }

    private Operand word(Token token) {
        String name = token.text();
        if (name.equals("_")) {
            return new Operand.Sink();
        }
        for (Map<String, Register> scope : scopes) {
            Register register = scope.get(name);
            if (register != null) {
                return register;
            }
        }
        if (name.startsWith("%")) {
            return new Operand.Special(name);
        }
        return new Operand.Symbol(name, tokens.skip("+") ? tokens.integer() : 0);
    }

    private Operand address() {
        Operand base = null;
        long offset = 0;
        if (tokens.peek().kind() == Kind.WORD) {
            Operand first = word(tokens.next());
            if (first instanceof Operand.Symbol(String name, long distance)) {
                base = new Operand.Symbol(name, 0);
                offset = distance;
            } else {
                base = first;
            }
            if (tokens.skip("+")) {
                offset += tokens.integer();
            } else if (tokens.peek().is("-")) {
                offset += tokens.integer();
            }
        } else {
            offset = tokens.integer();
        }
        tokens.expect("]");
        return new Operand.Address(base, offset);
    }

    private List<Operand> listUntil(String end) {
        List<Operand> list = new ArrayList<>();
        while (!tokens.skip(end)) {
            list.add(single());
            if (!tokens.peek().is(end)) {
                tokens.expect(",");
            }
        }
        return List.copyOf(list);
    }
}
