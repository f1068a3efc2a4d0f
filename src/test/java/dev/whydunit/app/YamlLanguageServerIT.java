package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A runbook and its schema as {@code runbook new} writes them, in the YAML language server that VS Code, Neovim and others use. It
 * comes from npm, in the versions of src/test/editors.
 */
class YamlLanguageServerIT {
    @TempDir
    static Path folder;

    private static final Editor EDITOR = new Editor();
    private static Process process;
    private static LanguageServer server;
    private static String uri = "";
    private static String text = "";
    private static int version = 1;

    /** What the server asks of the editor. */
    static final class Editor implements LanguageClient {
        private final Map<String, List<Diagnostic>> published = new ConcurrentHashMap<>();

        @Override
        public void telemetryEvent(Object object) {}

        @Override
        public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
            published.put(diagnostics.getUri(), diagnostics.getDiagnostics());
        }

        @Override
        public CompletableFuture<List<Object>> configuration(ConfigurationParams params) {
            return CompletableFuture.completedFuture(
                    params.getItems().stream().<Object>map(item -> Map.of()).toList());
        }

        @Override
        public CompletableFuture<Void> registerCapability(RegistrationParams params) {
            return CompletableFuture.allOf();
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
        Path installed = install();
        assertThat(new Program(folder)
                        .run("runbook", "new", "disk", "--cause", "full=The disk is full")
                        .exit())
                .isZero();
        process = new ProcessBuilder(
                        "node",
                        installed
                                .resolve("node_modules/yaml-language-server/bin/yaml-language-server")
                                .toString(),
                        "--stdio")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Launcher<LanguageServer> launcher =
                LSPLauncher.createClientLauncher(EDITOR, process.getInputStream(), process.getOutputStream());
        launcher.startListening();
        server = launcher.getRemoteProxy();
        InitializeParams begin = new InitializeParams();
        begin.setProcessId((int) ProcessHandle.current().pid());
        ClientCapabilities can = new ClientCapabilities();
        can.setWorkspace(new WorkspaceClientCapabilities());
        can.setTextDocument(new TextDocumentClientCapabilities());
        begin.setCapabilities(can);
        server.initialize(begin).get(60, TimeUnit.SECONDS);
        server.initialized(new InitializedParams());
        Path file = folder.resolve("disk.yaml");
        uri = file.toUri().toString();
        text = Files.readString(file);
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, "yaml", version, text)));
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            process.destroy();
        }
    }

    /** Installs it where the build keeps what it makes, once for each version. */
    private static Path install() throws IOException, InterruptedException {
        Path into = Files.createDirectories(Path.of("target", "editors").toAbsolutePath());
        Path lock = into.resolve("package-lock.json");
        Path wanted = Path.of("src/test/editors/package-lock.json");
        boolean there = Files.isRegularFile(into.resolve("node_modules/yaml-language-server/bin/yaml-language-server"))
                && Files.isRegularFile(lock)
                && Files.mismatch(lock, wanted) < 0;
        if (there) {
            return into;
        }
        for (String name : new String[] {"package.json", "package-lock.json"}) {
            Files.copy(Path.of("src/test/editors", name), into.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Path said = into.resolve("npm.log");
        try {
            Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                    .directory(into.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(npm.waitFor(5, TimeUnit.MINUTES)).as("npm ci ends").isTrue();
            assertThat(npm.exitValue()).as("npm ci: " + Files.readString(said)).isZero();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "this test needs node and npm; ./verify installs them (Debian: apt-get install nodejs npm)", e);
        }
        return into;
    }

    private static Position change(String to, String cursorAfter) {
        server.getTextDocumentService()
                .didChange(new DidChangeTextDocumentParams(
                        new VersionedTextDocumentIdentifier(uri, ++version),
                        List.of(new TextDocumentContentChangeEvent(to))));
        int offset = to.indexOf(cursorAfter) + cursorAfter.length();
        String before = to.substring(0, offset);
        return new Position((int) before.chars().filter(c -> c == '\n').count(), offset - before.lastIndexOf('\n') - 1);
    }

    private static List<CompletionItem> items(String to, String cursorAfter) throws Exception {
        return server.getTextDocumentService()
                .completion(new CompletionParams(new TextDocumentIdentifier(uri), change(to, cursorAfter)))
                .get(60, TimeUnit.SECONDS)
                .map(items -> items, CompletionList::getItems);
    }

    private static List<String> labels(String to, String cursorAfter) throws Exception {
        return items(to, cursorAfter).stream().map(CompletionItem::getLabel).toList();
    }

    private static String hover(String at) throws Exception {
        Position position = change(text, at);
        Hover hover = server.getTextDocumentService()
                .hover(new HoverParams(new TextDocumentIdentifier(uri), position))
                .get(60, TimeUnit.SECONDS);
        assertThat(hover).as(at).isNotNull();
        return hover.getContents().isRight()
                ? hover.getContents().getRight().getValue()
                : hover.getContents().toString();
    }

    @Test
    void keysAreCompletedWithWhatTheyMean() throws Exception {
        assertThat(labels(text + "con", "\ncon")).contains("conclude_at").doesNotContain("steps");
        List<CompletionItem> ofAStep = items(text + "  third:\n    me", "third:\n    me");
        assertThat(ofAStep.stream().map(CompletionItem::getLabel)).contains("metric_check", "timeout", "findings");
        assertThat(ofAStep.stream()
                        .filter(item -> item.getLabel().equals("timeout"))
                        .findFirst()
                        .orElseThrow()
                        .getDocumentation()
                        .toString())
                .contains("The time limit of one attempt");
        assertThat(labels(text + "  third:\n    log_query:\n      ba", "log_query:\n      ba"))
                .contains("baseline", "query", "over");
    }

    @Test
    void valuesAreCompleted() throws Exception {
        assertThat(labels(text + "  third:\n    effect: \n", "effect: ")).contains("read", "write");
        assertThat(labels(text + "        shows: \n", "        shows: ")).contains("sometimes", "usually", "always");
    }

    @Test
    void hoverShowsDescriptionsAndExamples() throws Exception {
        assertThat(hover("\nsympt")).contains("What is wrong, in one sentence").contains("p95 latency of");
        assertThat(hover("    host_com")).contains("Runs a command");
        assertThat(hover("        support")).contains("how strongly");
    }

    @Test
    void mistakesOfStructureAreShown() {
        change(text.replace("symptom:", "symtom:"), "symtom");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> EDITOR.published.getOrDefault(uri, List.of()).stream()
                        .anyMatch(one -> one.getMessage().getLeft().contains("symtom")));
        change(text, "symptom");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> EDITOR.published.getOrDefault(uri, List.of()).isEmpty());
    }
}
