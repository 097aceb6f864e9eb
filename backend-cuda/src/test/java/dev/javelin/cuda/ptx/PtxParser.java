package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.PtxLexer.Kind;
import dev.javelin.cuda.ptx.PtxLexer.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a module: directives, variables and heads of functions. {@link BodyParser} reads their bodies. */
final class PtxParser {
    private static final Set<String> VARIABLES = Set.of("global", "const", "shared", "local", "param");

    private final TokenReader tokens;

    PtxParser(List<Token> tokens) {
        this.tokens = new TokenReader(tokens);
    }

    PtxModule module() {
        String version = "";
        String target = "";
        Map<String, PtxFunction> functions = new LinkedHashMap<>();
        List<PtxVariable> variables = new ArrayList<>();
        while (tokens.peek().kind() != Kind.END) {
            Token directive = tokens.next(Kind.DOTTED);
            switch (directive.text()) {
                case "version" -> version = tokens.next().text();
                case "target" -> target = target();
                case "address_size" -> addressSize();
                case "file" -> file();
                case "visible", "extern", "weak", "common" -> {}
                case "entry", "func" -> {
                    PtxFunction function = function(directive);
                    if (!function.instructions().isEmpty()) {
                        functions.put(function.name(), function);
                    }
                }
                default -> {
                    if (!VARIABLES.contains(directive.text())) {
                        throw tokens.unexpected(directive, "a directive of a module");
                    }
                    variables.addAll(VariableParser.variables(tokens, directive.text()));
                }
            }
        }
        return new PtxModule(version, target, Map.copyOf(functions), List.copyOf(variables));
    }

    private String target() {
        String target = tokens.next(Kind.WORD).text();
        while (tokens.skip(",")) {
            Token option = tokens.next(Kind.WORD);
            if (!option.text().equals("debug")) {
                throw tokens.unexpected(option, "a target");
            }
        }
        return target;
    }

    private void addressSize() {
        Token size = tokens.next(Kind.NUMBER);
        if (!size.text().equals("64")) {
            throw tokens.unexpected(size, "an address size of 64");
        }
    }

    private void file() {
        tokens.next(Kind.NUMBER);
        tokens.next(Kind.TEXT);
        while (tokens.skip(",")) {
            tokens.next(Kind.NUMBER);
        }
    }

    private PtxFunction function(Token directive) {
        boolean kernel = directive.text().equals("entry");
        List<PtxVariable> results = !kernel && tokens.peek().is("(") ? parameters() : List.of();
        Token name = tokens.next(Kind.WORD);
        List<PtxVariable> parameters = tokens.peek().is("(") ? parameters() : List.of();
        Map<String, List<Integer>> directives = new LinkedHashMap<>();
        while (tokens.peek().kind() == Kind.DOTTED) {
            Token hint = tokens.next();
            switch (hint.text()) {
                case "maxntid", "reqntid", "minnctapersm", "maxnreg", "noreturn" ->
                    directives.put(hint.text(), numbers());
                default -> throw tokens.unexpected(hint, "a directive of a function");
            }
        }
        BodyParser body = new BodyParser(tokens, results, parameters);
        if (!tokens.skip(";")) {
            body.read();
        }
        return new PtxFunction(
                name.text(),
                kernel,
                name.line(),
                results,
                parameters,
                Map.copyOf(directives),
                body.variables(),
                body.instructions(),
                body.labels(),
                body.targets());
    }

    private List<PtxVariable> parameters() {
        List<PtxVariable> parameters = new ArrayList<>();
        tokens.expect("(");
        while (!tokens.skip(")")) {
            Token space = tokens.next(Kind.DOTTED);
            if (!space.text().equals("param")) {
                throw tokens.unexpected(space, "a parameter in .param space");
            }
            parameters.add(VariableParser.variable(tokens, "param"));
            tokens.skip(",");
        }
        return List.copyOf(parameters);
    }

    private List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        while (tokens.peek().kind() == Kind.NUMBER) {
            numbers.add(Integer.parseInt(tokens.next().text()));
            tokens.skip(",");
        }
        return List.copyOf(numbers);
    }
}
