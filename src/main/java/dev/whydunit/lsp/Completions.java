package dev.whydunit.lsp;

import dev.whydunit.expression.Scope;
import dev.whydunit.expression.ValueType;
import dev.whydunit.lsp.RunbookModel.StepSketch;
import dev.whydunit.runbook.KindSignature;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What may be written at the cursor. */
final class Completions {
    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("probability", "probability(\"id\"): of a hypothesis, now."),
            Map.entry("double", "A number of an int, a text or a duration (its seconds)."),
            Map.entry("int", "A whole number of a number or a text."),
            Map.entry("string", "A text of a value."),
            Map.entry("duration", "duration(\"1h30m\"), as Prometheus writes it."),
            Map.entry("timestamp", "timestamp(\"2026-01-01T00:00:00Z\")."),
            Map.entry("size", "How many elements or characters."),
            Map.entry("has", "has(x.y): whether it is there."),
            Map.entry("min", "The smaller of two."),
            Map.entry("max", "The larger of two."),
            Map.entry("abs", "Without its sign."),
            Map.entry("round", "The nearest whole number."),
            Map.entry("floor", "The next whole number below."),
            Map.entry("ceil", "The next whole number above."));
    private static final List<String> OF_LISTS = List.of("exists", "all", "exists_one", "filter", "map", "size");
    private static final List<String> OF_TEXTS = List.of(
            "contains", "startsWith", "endsWith", "matches", "lowerAscii", "upperAscii", "trim", "split", "size");
    private static final List<String> FROM =
            List.of("alert.labels.", "alert.annotations.", "alert.starts_at", "alert.status");

    private final RunbookModel model;
    private final FieldDocs docs;
    private final TextLines lines;
    private final int offset;
    private final CursorPlace place;
    private final List<CompletionItem> items = new ArrayList<>();
    private String word = "";

    private Completions(RunbookModel model, FieldDocs docs, TextLines lines, int offset) {
        this.model = model;
        this.docs = docs;
        this.lines = lines;
        this.offset = offset;
        this.place = CursorPlace.at(lines.text(), offset);
    }

    static List<CompletionItem> at(RunbookModel model, FieldDocs docs, TextLines lines, int offset) {
        Completions completions = new Completions(model, docs, lines, offset);
        completions.collect();
        return completions.items;
    }

    private void collect() {
        Optional<ExpressionPlace> expression = ExpressionPlace.of(place);
        if (expression.isPresent()) {
            expression(expression.get());
            return;
        }
        word = place.typed().strip();
        DocumentShape shape = new DocumentShape(model.kinds());
        if (!place.value()) {
            keys(shape);
            return;
        }
        if (place.endsWith("needs") || place.endsWith("needs", "-")) {
            String own = place.path().size() > 1 ? place.path().get(1) : "";
            model.steps().values().stream()
                    .filter(step -> !step.id().equals(own))
                    .forEach(step -> add(step.id(), CompletionItemKind.Function, step.title(), about(step)));
        } else if (place.endsWith("prior")) {
            List.of("common", "occasional", "rare").forEach(prior -> add(prior, CompletionItemKind.EnumMember, "", ""));
        } else if (place.endsWith("inputs", "*", "from")) {
            FROM.forEach(from -> add(from, CompletionItemKind.Field, "", "Where an alert has it."));
        } else {
            shape.at(place.path())
                    .map(DocumentShape::choices)
                    .orElse(List.of())
                    .forEach(choice -> add(choice, CompletionItemKind.EnumMember, "", ""));
        }
    }

    private void keys(DocumentShape shape) {
        if (place.endsWith("supports") || place.endsWith("refutes")) {
            model.hypotheses()
                    .forEach((id, claim) -> add(id, CompletionItemKind.Constant, firstLine(claim), claim, ": "));
            return;
        }
        Optional<Type> type = shape.at(place.path());
        type.map(shape::keys)
                .orElse(Map.of())
                .forEach((key, about) -> add(
                        key,
                        model.kinds().containsKey(key) ? CompletionItemKind.Module : CompletionItemKind.Property,
                        "",
                        about,
                        ": "));
    }

    private void expression(ExpressionPlace expression) {
        Optional<String> asked = expression.asked();
        if (asked.isPresent()) {
            word = asked.get();
            model.hypotheses().forEach((id, claim) -> add(id, CompletionItemKind.Constant, firstLine(claim), claim));
            return;
        }
        if (expression.inText()) {
            return;
        }
        Scope scope = expression.withItems(model.scope(expression.step(), expression.result()));
        String path = expression.path();
        int dot = path.lastIndexOf('.');
        word = path.substring(dot + 1);
        if (dot < 0) {
            Optional<KindSignature> kind =
                    Optional.ofNullable(model.steps().get(expression.step())).flatMap(StepSketch::kind);
            for (String name : scope.names()) {
                String about = kind.map(known -> docs.ofResult(known, name)).orElse("");
                add(
                        name,
                        CompletionItemKind.Variable,
                        scope.type(name).map(ValueType::words).orElse(""),
                        about.isEmpty() ? FieldDocs.ofRoot(name) : about);
            }
            FUNCTIONS.forEach((name, about) -> add(name, CompletionItemKind.Function, "function", about));
            return;
        }
        scope.typeOf(path.substring(0, dot)).ifPresent(type -> members(path.substring(0, dot), type));
    }

    private void members(String owner, ValueType type) {
        switch (type) {
            case ValueType.Struct struct ->
                struct.fields()
                        .forEach((name, field) ->
                                add(name, CompletionItemKind.Field, field.words(), memberAbout(owner, struct, name)));
            case ValueType.ListOf list ->
                OF_LISTS.forEach(name -> add(name, CompletionItemKind.Method, "of a list", ""));
            case ValueType.Simple simple
            when simple == ValueType.Simple.STRING ->
                OF_TEXTS.forEach(name -> add(name, CompletionItemKind.Method, "of a text", ""));
            case ValueType.Simple simple -> {}
            case ValueType.MapOf map -> {}
        }
    }

    private String memberAbout(String owner, ValueType.Struct struct, String name) {
        if (owner.equals("steps")) {
            return Optional.ofNullable(model.steps().get(name))
                    .map(Completions::about)
                    .orElse("");
        }
        if (owner.startsWith("steps.") && owner.indexOf('.', 6) < 0) {
            return Optional.ofNullable(model.steps().get(owner.substring(6)))
                    .flatMap(StepSketch::kind)
                    .map(kind -> docs.ofResult(kind, name))
                    .orElse("");
        }
        return docs.of(struct, name);
    }

    private static String about(StepSketch step) {
        return step.title()
                + step.kind()
                        .map(kind -> "\n\n`" + kind.name() + "`: " + kind.about())
                        .orElse("");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private void add(String label, CompletionItemKind kind, String detail, String about) {
        add(label, kind, detail, about, "");
    }

    private void add(String label, CompletionItemKind kind, String detail, String about, String after) {
        CompletionItem item = new CompletionItem(label);
        item.setKind(kind);
        if (!detail.isEmpty()) {
            item.setDetail(detail);
        }
        if (!about.isEmpty()) {
            item.setDocumentation(about);
        }
        boolean colon = lines.text().startsWith(":", offset);
        String written = label + (colon ? "" : after);
        item.setTextEdit(Either.forLeft(new TextEdit(lines.range(offset - word.length(), offset), written)));
        items.add(item);
    }
}
