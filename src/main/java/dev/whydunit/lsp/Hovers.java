package dev.whydunit.lsp;

import dev.whydunit.expression.Expressions;
import dev.whydunit.expression.Scope;
import dev.whydunit.expression.ValueType;
import dev.whydunit.lsp.RunbookModel.StepSketch;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** What the thing under the cursor is, as Markdown. */
final class Hovers {
    private final RunbookModel model;
    private final FieldDocs docs;
    private final TextLines lines;

    Hovers(RunbookModel model, FieldDocs docs, TextLines lines) {
        this.model = model;
        this.docs = docs;
        this.lines = lines;
    }

    Optional<String> at(int offset, Optional<Symbol> symbol) {
        return symbol.flatMap(this::symbol).or(() -> expression(offset)).or(() -> key(offset));
    }

    private Optional<String> symbol(Symbol symbol) {
        return switch (symbol.sort()) {
            case HYPOTHESIS ->
                Optional.ofNullable(model.hypotheses().get(symbol.name()))
                        .map(claim -> "**" + symbol.name() + "** (hypothesis)\n\n" + claim);
            case STEP ->
                Optional.ofNullable(model.steps().get(symbol.name()))
                        .map(step -> "**" + step.id() + "** (step"
                                + step.kind().map(kind -> ", " + kind.name()).orElse("") + ")\n\n" + step.title());
            case INPUT ->
                Optional.ofNullable(model.inputs().get(symbol.name()))
                        .map(type -> "**" + symbol.name() + "** (input): " + dev.whydunit.schema.Names.choice(type));
            case FINDING -> Optional.of("**" + symbol.name() + "** (finding): bool, absent while unknown");
            case OUTPUT -> Optional.of("**" + symbol.name() + "** (output)");
            case RUNBOOK -> Optional.empty();
        };
    }

    /** A name in an expression, else the type of the whole expression. */
    private Optional<String> expression(int offset) {
        for (RunbookModel.Site site : model.sites()) {
            String text = site.text().text();
            for (ExpressionNames.Part part : ExpressionNames.expressions(text, site.bare())) {
                int from = place(site.text(), part.start());
                int to = place(site.text(), part.end());
                if (from <= offset && offset <= to) {
                    return Optional.of(part(site, part, offset));
                }
            }
        }
        return Optional.empty();
    }

    private int place(YamlNode.Scalar text, int offset) {
        return lines.offset(text.positionOf(offset));
    }

    private String part(RunbookModel.Site site, ExpressionNames.Part part, int offset) {
        String expression = site.text().text().substring(part.start(), part.end());
        Scope scope = model.scope(site.step(), site.result());
        String[] said = {""};
        ExpressionNames.each(expression, (path, at) -> {
            int start = place(site.text(), part.start() + Math.max(0, at));
            if (offset < start || offset > start + path.length() || path.startsWith("probability.")) {
                return;
            }
            int dot = path.indexOf('.', Math.min(path.length(), offset - start));
            String name = dot < 0 ? path : path.substring(0, dot);
            Scope known = new ExpressionPlace(expression.substring(0, Math.min(expression.length(), at)), "", false)
                    .withItems(scope);
            known.typeOf(name)
                    .ifPresent(type -> said[0] = "`" + name + "`: " + type.words() + about(site, known, name));
        });
        if (!said[0].isEmpty()) {
            return said[0];
        }
        var compiled = Expressions.compile(expression.strip(), scope);
        return compiled.value()
                .map(good -> "`" + good.source().replace("`", "'") + "`: "
                        + good.type().words())
                .orElseGet(() -> compiled.issues().getFirst().message());
    }

    private String about(RunbookModel.Site site, Scope scope, String path) {
        int dot = path.lastIndexOf('.');
        Optional<KindSignature> kind = Optional.empty();
        String field = path.substring(dot + 1);
        if (dot < 0) {
            kind = Optional.ofNullable(model.steps().get(site.step())).flatMap(StepSketch::kind);
        } else if (path.startsWith("steps.")) {
            String step = path.substring(6).split("\\.", -1)[0];
            kind = Optional.ofNullable(model.steps().get(step)).flatMap(StepSketch::kind);
        }
        String about = kind.filter(known -> site.result() || dot >= 0)
                .map(known -> docs.ofResult(known, field))
                .orElse("");
        if (about.isEmpty() && dot >= 0) {
            about = scope.typeOf(path.substring(0, dot))
                    .filter(ValueType.Struct.class::isInstance)
                    .map(owner -> docs.of((ValueType.Struct) owner, field))
                    .orElse("");
        }
        if (about.isEmpty() && dot < 0) {
            about = FieldDocs.ofRoot(field);
        }
        return about.isEmpty() ? "" : "\n\n" + about;
    }

    /** A key of the language. */
    private Optional<String> key(int offset) {
        String text = lines.text();
        int end = offset;
        while (end < text.length() && word(text.charAt(end))) {
            end++;
        }
        CursorPlace place = CursorPlace.at(text, end);
        if (place.value()) {
            return Optional.empty();
        }
        String key = place.typed().strip();
        List<String> path = place.path();
        DocumentShape shape = new DocumentShape(model.kinds());
        return shape.at(path)
                .map(shape::keys)
                .map(keys -> keys.getOrDefault(key, ""))
                .filter(about -> !about.isEmpty())
                .map(about -> "**" + key + "**\n\n" + about);
    }

    private static boolean word(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
