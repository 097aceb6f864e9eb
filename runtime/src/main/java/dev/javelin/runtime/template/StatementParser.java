package dev.javelin.runtime.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Text and tags, down to the expressions in them. */
final class StatementParser {

    private static final Set<String> REFUSED = Set.of("import", "from", "include", "extends", "block", "autoescape");

    private final Tokens tokens;
    private final Nesting nesting = new Nesting();
    private final ExpressionParser expressions;
    private final TargetParser targets;
    private final MacroParser macros;
    private final Deque<Token> open = new ArrayDeque<>();

    StatementParser(List<Token> tokens) {
        this.tokens = new Tokens(tokens);
        this.expressions = new ExpressionParser(this.tokens, nesting);
        this.targets = new TargetParser(this.tokens, nesting);
        this.macros = new MacroParser(this.tokens, nesting, expressions, targets, this);
    }

    Body template() {
        List<Statement> statements = statements();
        Token token = tokens.current();
        if (token.kind() != Token.Kind.END) {
            throw Fault.syntax(
                            "there is no tag to end here: " + tokens.current().description())
                    .at(token.at());
        }
        return new Body(statements);
    }

    /** Everything up to a tag that ends or continues the block around, the start of which is taken. */
    private List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.take();
            switch (token.kind()) {
                case TEXT -> statements.add(new TextStatement(token.at(), token.text()));
                case PRINT -> {
                    statements.add(new PrintStatement(expressions.primaries().tuple(true, false)));
                    tokens.expect(Token.Kind.PRINT_END);
                }
                case BLOCK -> {
                    if (tokens.current().kind() != Token.Kind.NAME) {
                        throw tokens.unexpected("the name of a tag");
                    }
                    if (endsBlock(tokens.current().text())) {
                        return statements;
                    }
                    nesting.enter(token.at());
                    open.push(tokens.current());
                    statements.add(statement());
                    open.pop();
                    nesting.leave();
                    tokens.expect(Token.Kind.BLOCK_END);
                }
                default -> {
                    if (!open.isEmpty()) {
                        Token block = open.peek();
                        throw Fault.syntax("a block has no end: {% end" + block.text() + " %} is missing")
                                .at(block.at());
                    }
                    return statements;
                }
            }
        }
    }

    private static boolean endsBlock(String name) {
        return name.equals("else") || name.equals("elif") || name.startsWith("end");
    }

    /** The body of a block, up to one of the {@code ends}. */
    Body body(String... ends) {
        tokens.takeIfOperator(":");
        tokens.expect(Token.Kind.BLOCK_END);
        List<Statement> statements = statements();
        for (String end : ends) {
            if (tokens.current().isName(end)) {
                return new Body(statements);
            }
        }
        throw tokens.unexpected("{% " + String.join(" %} or {% ", ends) + " %}");
    }

    private Statement statement() {
        Token token = tokens.take();
        String name = token.text();
        return switch (name) {
            case "if" -> ifStatement(token.at());
            case "for" -> forStatement(token.at());
            case "set" -> setStatement(token.at());
            case "macro" -> macros.macro(token.at());
            case "call" -> macros.callBlock(token.at());
            case "filter" -> filterBlock(token.at());
            case "with" -> withBlock(token.at());
            case "print" -> printStatement(token.at());
            case "generation" -> plainBlock(token.at(), name);
            case "break" -> jump(token.at(), name, Flow.BREAK);
            case "continue" -> jump(token.at(), name, Flow.CONTINUE);
            default -> {
                if (REFUSED.contains(name)) {
                    throw Fault.syntax("a chat template stands alone: " + name + " is refused")
                            .at(token.at());
                }
                throw Fault.syntax("there is no tag named " + name).at(token.at());
            }
        };
    }

    private Statement ifStatement(int at) {
        nesting.enterOptional();
        List<IfStatement.Branch> branches = new ArrayList<>();
        do {
            Expr condition = expressions.primaries().tuple(false, false);
            branches.add(new IfStatement.Branch(condition, body("elif", "else", "endif")));
        } while (tokens.takeIfName("elif"));
        Body otherwise = tokens.takeIfName("else") ? body("endif") : new Body(List.of());
        tokens.expectName("endif");
        nesting.leaveOptional();
        return new IfStatement(at, branches, otherwise);
    }

    private Statement forStatement(int at) {
        nesting.enterFor();
        Target target = targets.several(false, "in");
        tokens.expectName("in");
        Expr iterable = expressions.primaries().tuple(false, false, "recursive");
        Expr condition = tokens.takeIfName("if") ? expressions.expression() : null;
        boolean recursive = tokens.takeIfName("recursive");
        nesting.enterLoop();
        Body body = body("endfor", "else");
        nesting.leaveLoop();
        Body otherwise = tokens.takeIfName("else") ? body("endfor") : new Body(List.of());
        tokens.expectName("endfor");
        nesting.leaveFor();
        return new ForStatement(at, target, iterable, condition, recursive, body, otherwise);
    }

    private Statement setStatement(int at) {
        Target target = targets.several(true, "=");
        if (tokens.takeIfOperator("=")) {
            return new SetStatement(at, target, expressions.primaries().tuple(true, false));
        }
        List<FilterStep> filters = new ArrayList<>();
        while (tokens.takeIfOperator("|")) {
            filters.add(expressions.primaries().filter());
        }
        Body body = body("endset");
        tokens.expectName("endset");
        return new CaptureStatement(at, target, filters, body);
    }

    private Statement filterBlock(int at) {
        List<FilterStep> filters = new ArrayList<>();
        do {
            filters.add(expressions.primaries().filter());
        } while (tokens.takeIfOperator("|"));
        Body body = body("endfilter");
        tokens.expectName("endfilter");
        return new CaptureStatement(at, null, filters, body);
    }

    private Statement withBlock(int at) {
        List<Target> names = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        while (tokens.current().kind() != Token.Kind.BLOCK_END) {
            if (!names.isEmpty()) {
                tokens.expectOperator(",");
            }
            names.add(targets.several(false, "="));
            tokens.expectOperator("=");
            values.add(expressions.expression());
        }
        Body body = body("endwith");
        tokens.expectName("endwith");
        return new WithStatement(at, names, values, body);
    }

    private Statement plainBlock(int at, String name) {
        Body body = body("end" + name);
        tokens.expectName("end" + name);
        return new WithStatement(at, List.of(), List.of(), body);
    }

    private Statement printStatement(int at) {
        List<Expr> parts = new ArrayList<>();
        while (tokens.current().kind() != Token.Kind.BLOCK_END) {
            if (!parts.isEmpty()) {
                tokens.expectOperator(",");
            }
            parts.add(expressions.expression());
        }
        return new PrintStatement(new Concat(at, parts));
    }

    private Statement jump(int at, String name, Flow flow) {
        if (!nesting.inLoop()) {
            throw Fault.syntax(name + " stands outside of a loop").at(at);
        }
        return new JumpStatement(at, flow);
    }
}
