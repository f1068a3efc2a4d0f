package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The language server in a process of its own, asked as an editor asks it. In the texts ‸ is the cursor. */
class LspTest {
    private static final String URI = "file:///books/disk.yaml";
    private static final String TEXT = """
            runbook: disk
            title: Ünïcödé 🜚 disk
            symptom: ${{ inputs.path }} is slow
            inputs:
              path: {type: string, default: /tmp}
              limit: {type: duration, default: 90s}
            hypotheses:
              full:
                claim: The disk is full
                remedy: Delete something.
                why:
                  logs: {claim: Logs have filled it}
              worn: {claim: The disk is worn out, prior: rare}
            steps:
              space:
                title: Is there space?
                host_command: {run: [df, '${{ inputs.path }}'], parse: table}
                outputs: {first: 'rows[0]'}
                findings:
                  used_up: {when: 'rows.exists(r, r["Use%"] == "100%") && seconds < double(inputs.limit)', supports: {full: strong}}
              errors:
                needs: [space]
                log_query: {query: 'message:error', over: 15m}
                if: probability("full") < 0.9 && steps.space.exit_code == 0
                findings:
                  broken:
                    when: 'count > 3 && patterns.exists(p, p.count > 2)'
                    says: '${{ count }} errors while ${{ steps.space.findings.used_up }}'
                    supports: {worn: strong}
                    refutes: {full: weak}
            """;

    private static final Editor EDITOR = new Editor();
    private static Process process;
    private static LanguageServer server;
    private static int version;

    /** What the server says to the editor. */
    static final class Editor implements LanguageClient {
        private final Map<String, List<Diagnostic>> published = new ConcurrentHashMap<>();

        @Override
        public void telemetryEvent(Object object) {}

        @Override
        public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
            published.put(diagnostics.getUri(), diagnostics.getDiagnostics());
        }

        @Override
        public void showMessage(MessageParams message) {}

        @Override
        public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
            return CompletableFuture.completedFuture(new MessageActionItem());
        }

        @Override
        public void logMessage(MessageParams message) {}
    }

    @BeforeAll
    static void start() throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "lsp")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Launcher<LanguageServer> launcher =
                LSPLauncher.createClientLauncher(EDITOR, process.getInputStream(), process.getOutputStream());
        launcher.startListening();
        server = launcher.getRemoteProxy();
        assertThat(server.initialize(new InitializeParams())
                        .get(60, TimeUnit.SECONDS)
                        .getCapabilities()
                        .getRenameProvider())
                .isNotNull();
        server.initialized(new InitializedParams());
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(URI, "yaml", ++version, TEXT)));
    }

    @AfterAll
    static void stop() throws Exception {
        server.shutdown().get(30, TimeUnit.SECONDS);
        server.exit();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static Position position(String text, int offset) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Position(line, offset - (before.lastIndexOf('\n') + 1));
    }

    /** Puts a text with a cursor into the editor. */
    private static Position show(String withCursor) {
        int cursor = withCursor.indexOf('‸');
        String text = withCursor.replace("‸", "");
        change(text);
        return position(text, cursor);
    }

    private static void change(String text) {
        server.getTextDocumentService()
                .didChange(new DidChangeTextDocumentParams(
                        new VersionedTextDocumentIdentifier(URI, ++version),
                        List.of(new TextDocumentContentChangeEvent(text))));
    }

    private static final TextDocumentIdentifier DOCUMENT = new TextDocumentIdentifier(URI);

    private static List<CompletionItem> items(String withCursor) throws Exception {
        return server.getTextDocumentService()
                .completion(new CompletionParams(DOCUMENT, show(withCursor)))
                .get(30, TimeUnit.SECONDS)
                .getLeft();
    }

    private static List<String> labels(String withCursor) throws Exception {
        return items(withCursor).stream().map(CompletionItem::getLabel).toList();
    }

    private static String hover(String withCursor) throws Exception {
        Hover hover = server.getTextDocumentService()
                .hover(new HoverParams(DOCUMENT, show(withCursor)))
                .get(30, TimeUnit.SECONDS);
        return hover == null ? "" : hover.getContents().getRight().getValue();
    }

    private static String at(String before, String after) {
        assertThat(TEXT).contains(before + after);
        return TEXT.replace(before + after, before + "‸" + after);
    }

    /** The errors; warnings stand beside them. */
    private static List<Diagnostic> diagnostics(String uri, int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> EDITOR.published.containsKey(uri) && errors(uri).size() == count);
        return errors(uri);
    }

    private static List<Diagnostic> errors(String uri) {
        return EDITOR.published.get(uri).stream()
                .filter(diagnostic -> diagnostic.getSeverity() == DiagnosticSeverity.Error)
                .toList();
    }

    @Test
    void mistakesAreShownWithTheirCodesAndVanishWhenTheyAreMended() {
        change(TEXT.replace("inputs.path }} is", "inputs.pth }} is").replace("{worn: strong}", "{wurn: strong}"));
        List<Diagnostic> found = diagnostics(URI, 2);
        assertThat(found.get(0).getCode().getLeft()).isEqualTo("E401");
        assertThat(found.get(0).getRange().getStart()).isEqualTo(new Position(2, 20));
        assertThat(found.get(1).getCode().getLeft()).isEqualTo("E302");
        assertThat(found.get(1).getMessage().getLeft()).contains("did you mean 'worn'?");

        change(TEXT.replace("Ünïcödé 🜚 disk", "Ünïcödé 🜚 disk, [x").replace("title: Ü", "title: '🜚', Ü"));
        assertThat(diagnostics(URI, 1).getFirst().getCode().getLeft()).isEqualTo("E103");

        change(TEXT);
        assertThat(diagnostics(URI, 0)).isEmpty();
    }

    @Test
    void idsAndFieldsAreOfferedInExpressions() throws Exception {
        assertThat(labels(TEXT.replace("steps.space.exit_code", "steps.‸"))).containsExactly("space", "errors");
        assertThat(labels(TEXT.replace("steps.space.exit_code", "steps.space.‸")))
                .contains("exit_code", "stdout", "rows", "outputs", "findings")
                .doesNotContain("count");
        assertThat(labels(TEXT.replace("steps.space.findings.used_up }}", "steps.space.findings.‸")))
                .containsExactly("used_up");
        assertThat(labels(TEXT.replace("symptom: ${{ inputs.path }}", "symptom: ${{ inputs.‸")))
                .containsExactly("path", "limit");
        assertThat(labels(at("when: 'cou", "nt > 3")))
                .contains("count", "patterns", "inputs", "probability")
                .doesNotContain("stdout");
        assertThat(labels(at("(p, p.", "count"))).contains("text", "count", "share");
        assertThat(labels(at("probability(\"", "full"))).containsExactly("full", "logs", "worn");
        assertThat(labels(at("message:", "error"))).isEmpty();
    }

    @Test
    void typesAndMeaningsStandBesideWhatIsOffered() throws Exception {
        CompletionItem field = items(TEXT.replace("steps.space.exit_code", "steps.space.ex‸")).stream()
                .filter(item -> item.getLabel().equals("exit_code"))
                .findFirst()
                .orElseThrow();
        assertThat(field.getDetail()).isEqualTo("int");
        assertThat(field.getDocumentation().getLeft()).startsWith("Exit code");
        TextEdit edit = field.getTextEdit().getLeft();
        assertThat(edit.getRange().getEnd().getCharacter()
                        - edit.getRange().getStart().getCharacter())
                .isEqualTo(2);
    }

    @Test
    void hypothesesStepsKeysAndChoicesAreOffered() throws Exception {
        assertThat(labels(at("supports: {", "worn"))).containsExactly("full", "logs", "worn");
        assertThat(labels(at("supports: {worn: ", "strong")))
                .containsExactly("weak", "moderate", "strong", "conclusive");
        assertThat(labels(at("needs: [", "space"))).containsExactly("space");
        assertThat(labels(at("prior: ", "rare"))).containsExactly("common", "occasional", "rare");
        assertThat(labels(at("  limit: {", "type"))).contains("type", "default", "from", "choices");
        assertThat(labels(at("log_query: {", "query")))
                .contains("query", "over", "baseline")
                .doesNotContain("run");
        assertThat(labels(TEXT + "    ‸")).contains("findings", "timeout", "metric_check");
        assertThat(labels(TEXT + "‸")).contains("triggers", "conclude_at");
        assertThat(labels(TEXT + "  more:\n    metric_check:\n      ba‸")).contains("baseline", "query");
    }

    @Test
    void whatIsBeingTypedNeedNotBeYaml() throws Exception {
        assertThat(labels(TEXT + "  third:\n    if: 'steps.‸")).contains("space", "errors", "third");
        assertThat(labels(TEXT.replace("{worn: strong}", "{wo‸"))).containsExactly("full", "logs", "worn");
        assertThat(labels(TEXT.replace("says: '${{ count }}", "says: \"${{ steps.space.‸")))
                .contains("exit_code");
        assertThat(labels("runbook: a\nhypotheses:\n  x: {claim: y\nsteps:\n  one:\n    ho‸"))
                .contains("host_command");
    }

    @Test
    void hoverTellsTypesClaimsAndMeanings() throws Exception {
        assertThat(hover(at("refutes: {fu", "ll: weak")))
                .contains("The disk is full")
                .contains("Delete something.");
        assertThat(hover(at("when: 'co", "unt > 3"))).startsWith("`count`: int").contains("\n\n");
        assertThat(hover(at("count >", " 3 &&"))).endsWith(": bool");
        assertThat(hover(at("steps.space.exit", "_code"))).startsWith("`steps.space.exit_code`: int\n\nExit code");
        assertThat(hover(at("needs: [spa", "ce]"))).contains("Is there space?").contains("host_command");
        assertThat(hover(at("    log_qu", "ery: {"))).startsWith("**log_query**\n\nCounts log events");
        assertThat(hover(at("symp", "tom: $"))).startsWith("**symptom**");
        assertThat(hover(at("inputs.li", "mit"))).contains("duration");
    }

    private static List<Integer> lines(List<? extends org.eclipse.lsp4j.Location> locations) {
        return locations.stream()
                .map(one -> one.getRange().getStart().getLine())
                .sorted()
                .toList();
    }

    @Test
    void definitionsAndReferencesAreFound() throws Exception {
        Position position = show(at("refutes: {fu", "ll: weak"));
        assertThat(server.getTextDocumentService()
                        .definition(new DefinitionParams(DOCUMENT, position))
                        .get(30, TimeUnit.SECONDS)
                        .getLeft())
                .singleElement()
                .satisfies(one -> assertThat(one.getRange().getStart()).isEqualTo(new Position(7, 2)));
        assertThat(lines(server.getTextDocumentService()
                        .references(new ReferenceParams(DOCUMENT, position, new ReferenceContext(true)))
                        .get(30, TimeUnit.SECONDS)))
                .containsExactly(7, 19, 23, 29);
        Position finding = show(at("findings.used", "_up }}"));
        assertThat(lines(server.getTextDocumentService()
                        .definition(new DefinitionParams(DOCUMENT, finding))
                        .get(30, TimeUnit.SECONDS)
                        .getLeft()))
                .containsExactly(19);
    }

    @Test
    void renamingAnIdChangesEveryMention() throws Exception {
        Position position = show(at("  spa", "ce:\n"));
        List<TextEdit> edits = server.getTextDocumentService()
                .rename(new RenameParams(DOCUMENT, position, "room"))
                .get(30, TimeUnit.SECONDS)
                .getChanges()
                .get(URI);
        assertThat(edits).hasSize(4).allMatch(edit -> edit.getNewText().equals("room"));
        assertThatThrownBy(() -> server.getTextDocumentService()
                        .rename(new RenameParams(DOCUMENT, position, "errors"))
                        .get(30, TimeUnit.SECONDS))
                .hasMessageContaining("there is a step 'errors' already");
    }

    @Test
    void theOutlineHoldsStepsWithTheirFindings() throws Exception {
        change(TEXT);
        List<DocumentSymbol> outline = server
                .getTextDocumentService()
                .documentSymbol(new DocumentSymbolParams(DOCUMENT))
                .get(30, TimeUnit.SECONDS)
                .stream()
                .map(one -> one.getRight())
                .toList();
        assertThat(outline.stream().map(DocumentSymbol::getName))
                .containsExactly("disk", "path", "limit", "full", "logs", "worn", "space", "errors");
        assertThat(outline.getLast().getChildren().stream().map(DocumentSymbol::getName))
                .containsExactly("broken");
    }

    @Test
    void otherFilesAreLeftAloneAndHugeOnesAreRefused() throws Exception {
        open("file:///books/disk.cases/full.yaml", "case: x\nsteps: {}\n");
        assertThat(diagnostics("file:///books/disk.cases/full.yaml", 0)).isEmpty();
        open("file:///books/huge.yaml", "runbook: a\n# " + "x".repeat(1 << 20));
        assertThat(diagnostics("file:///books/huge.yaml", 1)
                        .getFirst()
                        .getMessage()
                        .getLeft())
                .contains("split it");
        server.getTextDocumentService()
                .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier("file:///books/huge.yaml")));
        assertThat(diagnostics("file:///books/huge.yaml", 0)).isEmpty();
        assertThat(server.getTextDocumentService()
                        .completion(
                                new CompletionParams(new TextDocumentIdentifier("file:///none"), new Position(5, 5)))
                        .get(30, TimeUnit.SECONDS)
                        .getLeft())
                .isEmpty();
    }

    private static void open(String uri, String text) {
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, "yaml", 1, text)));
    }
}
