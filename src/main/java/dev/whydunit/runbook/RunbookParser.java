package dev.whydunit.runbook;

import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlReader;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads and checks runbooks. Thread-safe. */
public final class RunbookParser {
    private final Map<String, KindSignature> kinds;

    /** For runbooks whose steps are of these kinds. */
    public RunbookParser(Collection<KindSignature> kinds) {
        Map<String, KindSignature> byName = new LinkedHashMap<>();
        kinds.forEach(kind -> byName.put(kind.name(), kind));
        this.kinds = Collections.unmodifiableMap(byName);
    }

    /** The kinds that steps may have, by name. */
    public Map<String, KindSignature> kinds() {
        return kinds;
    }

    /** The record that a runbook is bound to first: what its JSON Schema is made from. */
    public static Class<? extends Record> document() {
        return RunbookDocument.class;
    }

    /**
     * Reads one runbook.
     *
     * @param fileName for messages
     */
    public ParsedRunbook parse(String fileName, String text) {
        YamlReader.Read read = YamlReader.read(fileName, text);
        Problems problems = new Problems();
        read.problems().forEach(problems::add);
        Optional<Runbook> runbook =
                read.root().flatMap(root -> new RunbookReader(kinds, fileName, problems).read(root));
        return new ParsedRunbook(read.root(), problems.isEmpty() ? runbook : Optional.empty(), problems.sorted());
    }
}
