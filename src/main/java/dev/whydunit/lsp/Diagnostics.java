package dev.whydunit.lsp;

import dev.whydunit.yaml.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.services.LanguageClient;

/** Lints documents a moment after each change, on a thread of its own: only the newest text of each is looked at. */
final class Diagnostics implements AutoCloseable {
    private static final long PAUSE_MILLIS = 120;
    private static final int MOST = 500;

    private final BiFunction<String, String, List<Problem>> lint;
    private final Supplier<LanguageClient> client;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lint").factory());
    private final Map<String, ScheduledFuture<?>> pending = new HashMap<>();

    Diagnostics(BiFunction<String, String, List<Problem>> lint, Supplier<LanguageClient> client) {
        this.lint = lint;
        this.client = client;
    }

    synchronized void changed(String uri, OpenDocument document) {
        cancel(uri);
        pending.put(uri, thread.schedule(() -> publish(uri, document), PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    }

    synchronized void closed(String uri) {
        cancel(uri);
        thread.execute(() -> client.get().publishDiagnostics(new PublishDiagnosticsParams(uri, List.of())));
    }

    private void cancel(String uri) {
        ScheduledFuture<?> waiting = pending.remove(uri);
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    private void publish(String uri, OpenDocument document) {
        client.get().publishDiagnostics(new PublishDiagnosticsParams(uri, diagnostics(uri, document)));
    }

    private List<Diagnostic> diagnostics(String uri, OpenDocument document) {
        if (document.tooLarge()) {
            Diagnostic diagnostic = new Diagnostic(
                    new Range(new org.eclipse.lsp4j.Position(0, 0), new org.eclipse.lsp4j.Position(0, 1)),
                    "this file has more than " + OpenDocument.LARGEST + " characters: split it");
            diagnostic.setCode("E101");
            diagnostic.setSource("whydunit");
            diagnostic.setSeverity(DiagnosticSeverity.Error);
            return List.of(diagnostic);
        }
        if (!document.isRunbook(uri)) {
            return List.of();
        }
        String name = uri.substring(uri.lastIndexOf('/') + 1);
        return lint.apply(name, document.lines().text()).stream()
                .limit(MOST)
                .map(problem -> {
                    Diagnostic diagnostic = new Diagnostic(
                            document.lines().range(problem.position(), problem.length()),
                            problem.message() + (problem.help().isEmpty() ? "" : "\n" + problem.help()));
                    diagnostic.setCode(problem.code());
                    diagnostic.setSource("whydunit");
                    diagnostic.setSeverity(
                            problem.code().startsWith("E") ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning);
                    return diagnostic;
                })
                .toList();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
