package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Macros, and call blocks, whose bodies are macros without a name. */
final class MacroParser {
    private final Tokens tokens;
    private final Nesting nesting;
    private final ExpressionParser expressions;
    private final TargetParser targets;
    private final StatementParser statements;

    MacroParser(
            Tokens tokens,
            Nesting nesting,
            ExpressionParser expressions,
            TargetParser targets,
            StatementParser statements) {
        this.tokens = tokens;
        this.nesting = nesting;
        this.expressions = expressions;
        this.targets = targets;
        this.statements = statements;
    }

    Statement macro(int at) {
        String name = targets.name();
        List<MacroCode.Parameter> parameters = parameters();
        return new MacroStatement(at, code(name, "macro", parameters));
    }

    Statement callBlock(int at) {
        List<MacroCode.Parameter> parameters = tokens.current().isOperator("(") ? parameters() : List.of();
        int place = tokens.current().at();
        if (!(expressions.expression() instanceof Call call)) {
            throw Fault.syntax("a call block calls a macro").at(place);
        }
        return new CallStatement(at, call, code("caller", "call", parameters));
    }

    private List<MacroCode.Parameter> parameters() {
        tokens.expectOperator("(");
        List<MacroCode.Parameter> parameters = new ArrayList<>();
        boolean optional = false;
        while (!tokens.current().isOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            int at = tokens.current().at();
            String name = targets.name();
            Expr absent = tokens.takeIfOperator("=") ? expressions.expression() : null;
            if (optional && absent == null) {
                throw Fault.syntax("a parameter without a default stands after one with a default: " + name)
                        .at(at);
            }
            if (parameters.stream().anyMatch(parameter -> parameter.name().equals(name))) {
                throw Fault.syntax("two parameters have one name: " + name).at(at);
            }
            optional = absent != null;
            parameters.add(new MacroCode.Parameter(name, absent));
        }
        tokens.expectOperator(")");
        return parameters;
    }

    private MacroCode code(String name, String tag, List<MacroCode.Parameter> parameters) {
        nesting.enterMacro();
        int loops = nesting.suspendLoops();
        Body body = statements.body("end" + tag);
        nesting.resumeLoops(loops);
        Set<String> mentioned = nesting.leaveMacro();
        tokens.expectName("end" + tag);
        return new MacroCode(
                name,
                parameters,
                body,
                mentioned.contains("varargs"),
                mentioned.contains("kwargs"),
                mentioned.contains("caller"));
    }
}
