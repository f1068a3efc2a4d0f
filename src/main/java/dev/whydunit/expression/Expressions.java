package dev.whydunit.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.checker.CelChecker;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.CelVarDecl;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles expressions and texts that hold expressions. Callers give it the source text of runbooks and configurations and nothing
 * else: what comes from outside (labels, logs, output, answers) is only ever a value in {@link Variables}. Thread-safe.
 */
public final class Expressions {
    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(CelMachine.OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .build();
    private static final int MOST_PATTERN_CHARS = 1_000;

    private Expressions() {}

    /** Expressions that are kept: copies of one runbook, and steps that are alike, hold the same ones. */
    private static final int MOST_KEPT = 5_000;
    /** Longer ones are not worth their memory. In chars. */
    private static final int LONGEST_KEPT = 500;

    private static final Map<Kept, Compiled<Expression>> KEPT = new ConcurrentHashMap<>();

    /** An expression means the same only among the same names and types. */
    private record Kept(String text, int scopeIdentity, Scope scope) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Kept kept && kept.scope == scope && kept.text.equals(text);
        }

        @Override
        public int hashCode() {
            return 31 * scopeIdentity + text.hashCode();
        }
    }

    /** Compiles one expression. What was compiled before in an equal scope is given again: it is immutable. */
    public static Compiled<Expression> compile(String text, Scope scope) {
        if (text.length() > LONGEST_KEPT) {
            return compileAnew(text, scope);
        }
        Scope shared = scope.shared();
        Kept key = new Kept(text, System.identityHashCode(shared), shared);
        Compiled<Expression> known = KEPT.get(key);
        if (known != null) {
            return known;
        }
        Compiled<Expression> compiled = compileAnew(text, scope);
        if (compiled.value().isPresent()) {
            if (KEPT.size() >= MOST_KEPT) {
                // Which are asked for again is not known; begin anew.
                KEPT.clear();
            }
            KEPT.put(key, compiled);
        }
        return compiled;
    }

    private static Compiled<Expression> compileAnew(String text, Scope scope) {
        CelValidationResult parsed = PARSER.parse(text, "expression");
        if (parsed.hasError()) {
            return Compiled.bad(List.of(IssueWords.syntax(text, parsed.getErrors())));
        }
        CelAbstractSyntaxTree tree = ast(parsed);
        ParsedExpression mentions = ParsedExpression.of(tree);
        IssueWords words = new IssueWords(text, scope, tree, mentions);
        List<Issue> issues = new ArrayList<>(words.unknownNames());
        issues.addAll(constants(mentions, words));
        CelValidationResult checked = checker(scope, mentions).check(tree);
        for (CelIssue issue : checked.getErrors()) {
            words.type(issue).ifPresent(issues::add);
        }
        if (!issues.isEmpty()) {
            return Compiled.bad(issues);
        }
        CelAbstractSyntaxTree ast = ast(checked);
        List<Mention> hypotheses = mentions.hypotheses().stream()
                .map(mention -> new Mention(
                        mention.value(),
                        words.offsetOf(mention.id()),
                        mention.value().length() + 2))
                .toList();
        return Compiled.good(
                new Expression(text, ast, scope.celTypes().fromCel(ast.getResultType()), mentions.paths(), hypotheses));
    }

    /** Compiles a text in which <code>${{ }}</code> holds expressions. */
    public static Compiled<Template> template(String text, Scope scope) {
        return TemplateCompiler.compile(text, scope);
    }

    /** A text in which no expression is looked for. */
    public static Template literal(String text) {
        return new Template(text, text.isEmpty() ? List.of() : List.of(new Template.Part.Literal(text)));
    }

    /**
     * Declares the functions and variables that the expression mentions and no others: with the whole language, declaring it anew for
     * each check takes far longer than the check.
     */
    private static CelChecker checker(Scope scope, ParsedExpression mentions) {
        CelCheckerBuilder builder = CelCompilerFactory.standardCelCheckerBuilder()
                .setOptions(CelMachine.OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setTypeProvider(scope.celTypes());
        for (String function : mentions.functions()) {
            if (CelFunctions.BY_NAME.containsKey(function)) {
                builder.addFunctionDeclarations(CelFunctions.BY_NAME.get(function));
            }
        }
        for (String root : mentions.roots()) {
            scope.type(root)
                    .ifPresent(type -> builder.addVarDeclarations(
                            CelVarDecl.newVarDeclaration(root, scope.celTypes().toCel(type))));
        }
        return builder.build();
    }

    private static List<Issue> constants(ParsedExpression mentions, IssueWords words) {
        List<Issue> issues = new ArrayList<>();
        for (ParsedExpression.Text pattern : mentions.patterns()) {
            patternIssue(pattern.value())
                    .ifPresent(why -> issues.add(words.at(
                            pattern.id(),
                            pattern.value().length() + 2,
                            "this regular expression is not valid: " + why,
                            "it is RE2's syntax, without look-around and back references")));
        }
        for (ParsedExpression.Text duration : mentions.durations()) {
            try {
                CelMachine.duration(duration.value());
            } catch (IllegalArgumentException e) {
                issues.add(words.at(duration.id(), duration.value().length() + 2, String.valueOf(e.getMessage()), ""));
            }
        }
        for (ParsedExpression.Moving moving : mentions.moving()) {
            issues.add(words.at(
                    moving.id(),
                    1,
                    moving.function() + " takes a text in quotes, so that it is known when the runbook is loaded",
                    moving.function().equals("matches")
                            ? "to look for a value use contains(…)"
                            : "write the hypothesis's id"));
        }
        return issues;
    }

    private static Optional<String> patternIssue(String pattern) {
        if (pattern.length() > MOST_PATTERN_CHARS) {
            return Optional.of("it is longer than " + MOST_PATTERN_CHARS + " characters");
        }
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(e.getDescription());
        }
    }

    private static CelAbstractSyntaxTree ast(CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("no tree although no error was reported", e);
        }
    }
}
