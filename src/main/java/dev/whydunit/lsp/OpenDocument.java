package dev.whydunit.lsp;

import dev.whydunit.runbook.KindSignature;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SymbolKind;

/** A text in the editor, with what was made of it. Immutable: each change makes a new one. */
final class OpenDocument {
    /** The largest that is looked into, in characters. */
    static final int LARGEST = 1 << 20;

    private static final Pattern RUNBOOK = Pattern.compile("(?m)^(runbook|hypotheses|steps):");

    private final TextLines lines;
    private final RunbookModel model;
    private final boolean tooLarge;

    private OpenDocument(TextLines lines, RunbookModel model, boolean tooLarge) {
        this.lines = lines;
        this.model = model;
        this.tooLarge = tooLarge;
    }

    /**
     * What a text turned out to be.
     *
     * @param before what it was until now: its ids are kept where the new text cannot be read at all
     */
    static OpenDocument of(String text, Map<String, KindSignature> kinds, Optional<OpenDocument> before) {
        if (text.length() > LARGEST) {
            return new OpenDocument(new TextLines(""), new RunbookModel(Optional.empty(), kinds), true);
        }
        TextLines lines = new TextLines(text);
        int edited = before.map(old -> firstDifference(old.lines.text(), lines)).orElse(-1);
        Optional<YamlNode> root = TolerantYaml.read(text, edited);
        RunbookModel model = root.isEmpty() && before.isPresent() ? before.get().model : new RunbookModel(root, kinds);
        return new OpenDocument(lines, model, false);
    }

    private static int firstDifference(String old, TextLines lines) {
        String text = lines.text();
        int at = 0;
        while (at < old.length() && at < text.length() && old.charAt(at) == text.charAt(at)) {
            at++;
        }
        return lines.position(at).getLine();
    }

    TextLines lines() {
        return lines;
    }

    RunbookModel model() {
        return model;
    }

    boolean tooLarge() {
        return tooLarge;
    }

    /** Whether it is a runbook, or begins to be one: other YAML files are left alone. */
    boolean isRunbook(String uri) {
        return !uri.contains(".cases/") && RUNBOOK.matcher(lines.text()).find();
    }

    /** The id at an offset. */
    Optional<Symbol> symbol(int offset) {
        return model.symbols().stream()
                .filter(symbol -> {
                    int from = lines.offset(symbol.position());
                    return from <= offset && offset <= from + symbol.length();
                })
                .filter(symbol -> lines.text().startsWith(symbol.id(), lines.offset(symbol.position())))
                .findFirst();
    }

    /** Where an id is made, or where it is mentioned as well. */
    List<Range> places(Symbol symbol, boolean definitions, boolean mentions) {
        return model.symbols().stream()
                .filter(symbol::same)
                .filter(one -> one.defines() ? definitions : mentions)
                .map(one -> lines.range(one.position(), one.length()))
                .distinct()
                .toList();
    }

    /** Hypotheses, inputs and steps with their findings. */
    List<DocumentSymbol> outline() {
        List<DocumentSymbol> outline = new ArrayList<>();
        for (Symbol symbol : model.symbols()) {
            if (!symbol.defines()) {
                continue;
            }
            Range range = lines.range(symbol.position(), symbol.length());
            String detail = switch (symbol.sort()) {
                case HYPOTHESIS ->
                    model.hypotheses()
                            .getOrDefault(symbol.name(), "")
                            .lines()
                            .findFirst()
                            .orElse("");
                case STEP ->
                    Optional.ofNullable(model.steps().get(symbol.name()))
                            .map(RunbookModel.StepSketch::title)
                            .orElse("");
                case INPUT, FINDING, OUTPUT, RUNBOOK -> "";
            };
            DocumentSymbol entry = new DocumentSymbol(symbol.id(), kind(symbol.sort()), range, range, detail);
            boolean nested = symbol.sort() == Symbol.Sort.FINDING || symbol.sort() == Symbol.Sort.OUTPUT;
            if (!nested) {
                entry.setChildren(new ArrayList<>());
                outline.add(entry);
            } else {
                String step = symbol.name().substring(0, symbol.name().indexOf('.'));
                outline.stream()
                        .filter(one -> one.getKind() == kind(Symbol.Sort.STEP)
                                && one.getName().equals(step))
                        .forEach(one -> one.getChildren().add(entry));
            }
        }
        return outline;
    }

    private static SymbolKind kind(Symbol.Sort sort) {
        return switch (sort) {
            case RUNBOOK -> SymbolKind.File;
            case INPUT -> SymbolKind.Variable;
            case HYPOTHESIS -> SymbolKind.Class;
            case STEP -> SymbolKind.Function;
            case FINDING -> SymbolKind.Event;
            case OUTPUT -> SymbolKind.Field;
        };
    }
}
