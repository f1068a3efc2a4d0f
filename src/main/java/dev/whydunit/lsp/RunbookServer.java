package dev.whydunit.lsp;

import dev.whydunit.authoring.Lint;
import dev.whydunit.authoring.rules.Profile;
import dev.whydunit.authoring.rules.Surroundings;
import dev.whydunit.runbook.RunbookParser;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** The language server of runbooks: one editor, over one pair of streams. */
public final class RunbookServer implements LanguageServer {
    private final Diagnostics diagnostics;
    private final RunbookDocuments documents;
    private final AtomicReference<LanguageClient> client = new AtomicReference<>();
    private volatile boolean shutDown;
    private volatile Runnable stop = () -> {};

    private RunbookServer(RunbookParser parser) {
        Lint lint = new Lint(parser, Path.of(""), Profile.STANDARD, Surroundings.NONE);
        diagnostics = new Diagnostics(lint::problems, client::get);
        documents = new RunbookDocuments(parser.kinds(), diagnostics);
    }

    /**
     * Serves until the editor says that it is over or its stream ends.
     *
     * @return whether the editor ended it as the protocol wants: shutdown, then exit
     */
    public static boolean serve(RunbookParser parser, InputStream in, OutputStream out) throws InterruptedException {
        RunbookServer server = new RunbookServer(parser);
        Launcher<LanguageClient> launcher = LSPLauncher.createServerLauncher(server, in, out);
        server.client.set(launcher.getRemoteProxy());
        Future<Void> listening = launcher.startListening();
        CompletableFuture<Void> over = new CompletableFuture<>();
        server.stop = () -> over.complete(null);
        Thread.ofVirtual().start(() -> {
            try {
                listening.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                over.completeExceptionally(e);
            }
            over.complete(null);
        });
        try {
            over.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the connection to the editor failed", e.getCause());
        } finally {
            server.diagnostics.close();
        }
        return server.shutDown;
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
        ServerCapabilities can = new ServerCapabilities();
        can.setTextDocumentSync(TextDocumentSyncKind.Full);
        can.setCompletionProvider(new CompletionOptions(false, List.of(".", "\"", "{", " ", ":")));
        can.setHoverProvider(true);
        can.setDefinitionProvider(true);
        can.setReferencesProvider(true);
        can.setDocumentSymbolProvider(true);
        can.setRenameProvider(true);
        return CompletableFuture.completedFuture(new InitializeResult(can, new ServerInfo("whydunit")));
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        shutDown = true;
        return CompletableFuture.completedFuture("");
    }

    @Override
    public void exit() {
        stop.run();
    }

    @Override
    public void setTrace(SetTraceParams params) {
        // Nothing is traced.
    }

    @Override
    public TextDocumentService getTextDocumentService() {
        return documents;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return new WorkspaceService() {
            @Override
            public void didChangeConfiguration(DidChangeConfigurationParams params) {
                // There are no settings.
            }

            @Override
            public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
                // Only what is open in the editor is looked at.
            }
        };
    }
}
