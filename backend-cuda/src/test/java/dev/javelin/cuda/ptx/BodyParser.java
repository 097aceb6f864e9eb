package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.Operand.Register;
import dev.javelin.cuda.ptx.PtxLexer.Kind;
import dev.javelin.cuda.ptx.PtxLexer.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the body of a function. Names of registers are resolved here, since blocks in braces have scopes of their own. */
final class BodyParser {
    private final TokenReader tokens;
    private final Deque<Map<String, Register>> scopes = new ArrayDeque<>();
    private final List<PtxVariable> variables = new ArrayList<>();
    private final List<PtxInstruction> instructions = new ArrayList<>();
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    private final Map<String, List<String>> targets = new LinkedHashMap<>();
    private int registers;

    BodyParser(TokenReader tokens, List<PtxVariable> results, List<PtxVariable> parameters) {
        this.tokens = tokens;
        variables.addAll(results);
        variables.addAll(parameters);
    }

    void read() {
        tokens.expect("{");
        scopes.push(new HashMap<>());
        while (!scopes.isEmpty()) {
            statement();
        }
    }

    private void statement() {
        Token token = tokens.peek();
        if (tokens.skip("{")) {
            scopes.push(new HashMap<>());
        } else if (tokens.skip("}")) {
            scopes.pop();
        } else if (tokens.skip(";")) {
            return; // inline assembly leaves empty statements behind
        } else if (token.kind() == Kind.DOTTED) {
            directive(tokens.next());
        } else if (token.kind() == Kind.WORD && tokens.peekSecond().is(":")) {
            label();
        } else {
            instruction();
        }
    }

    private void directive(Token directive) {
        switch (directive.text()) {
            case "reg" -> registers();
            case "shared", "local", "param", "global", "const" ->
                variables.addAll(VariableParser.variables(tokens, directive.text()));
            case "loc" -> {
                while (tokens.peek().line() == directive.line()) {
                    tokens.next();
                }
            }
            case "pragma" -> {
                tokens.next(Kind.TEXT);
                tokens.expect(";");
            }
            default -> throw tokens.unexpected(directive, "a directive of a body");
        }
    }

    private void registers() {
        Token typeName = tokens.next(Kind.DOTTED);
        PtxType type = PtxType.named(typeName.text());
        if (type == null) {
            throw tokens.unexpected(typeName, "the type of a register");
        }
        do {
            String name = tokens.next(Kind.WORD).text();
            if (tokens.skip("<")) {
                long count = tokens.integer();
                tokens.expect(">");
                for (int i = 0; i < count; i++) {
                    declare(name + i, type);
                }
            } else {
                declare(name, type);
            }
        } while (tokens.skip(","));
        tokens.expect(";");
    }

    private void declare(String name, PtxType type) {
        scopes.element().put(name, new Register(name, type, registers++));
    }

    private void label() {
        Token name = tokens.next();
        tokens.expect(":");
        if (tokens.peek().kind() == Kind.DOTTED && tokens.peek().text().equals("branchtargets")) {
            tokens.next();
            List<String> list = new ArrayList<>();
            do {
                list.add(tokens.next(Kind.WORD).text());
            } while (tokens.skip(","));
            tokens.expect(";");
            targets.put(name.text(), List.copyOf(list));
        } else if (labels.putIfAbsent(name.text(), instructions.size()) != null) {
            throw new PtxException(name.line(), "label " + name + " is there twice");
        }
    }

    private void instruction() {
        Register guard = null;
        boolean negated = false;
        int line = tokens.peek().line();
        OperandParser operands = new OperandParser(tokens, scopes);
        if (tokens.skip("@")) {
            negated = tokens.skip("!");
            if (!(operands.single() instanceof Register register) || register.type() != PtxType.PRED) {
                throw new PtxException(line, "a guard must be a predicate");
            }
            guard = register;
        }
        String opcode = tokens.next(Kind.WORD).text();
        List<String> modifiers = new ArrayList<>();
        while (tokens.peek().kind() == Kind.DOTTED) {
            modifiers.add(tokens.next().text());
        }
        instructions.add(
                new PtxInstruction(line, guard, negated, opcode, List.copyOf(modifiers), operands.untilSemicolon()));
    }

    List<PtxVariable> variables() {
        return List.copyOf(variables);
    }

    List<PtxInstruction> instructions() {
        return List.copyOf(instructions);
    }

    Map<String, Integer> labels() {
        return Map.copyOf(labels);
    }

    Map<String, List<String>> targets() {
        return Map.copyOf(targets);
    }
}
