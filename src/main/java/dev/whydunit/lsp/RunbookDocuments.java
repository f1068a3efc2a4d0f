package dev.whydunit.lsp;

import dev.whydunit.runbook.KindSignature;
import dev.whydunit.schema.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.TextDocumentService;

/** The open documents, and the answers to what the editor asks of them. */
final class RunbookDocuments implements TextDocumentService {
    private static final int MOST_OPEN = 200;

    private final Map<String, KindSignature> kinds;
    private final FieldDocs docs;
    private final Diagnostics diagnostics;
    /** The one that was used longest ago first: it goes when there are too many. */
    private final Map<String, OpenDocument> open = new LinkedHashMap<>(16, 0.75f, true);

    RunbookDocuments(Map<String, KindSignature> kinds, Diagnostics diagnostics) {
        this.kinds = kinds;
        this.docs = new FieldDocs(kinds.values());
        this.diagnostics = diagnostics;
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams params) {
        put(params.getTextDocument().getUri(), params.getTextDocument().getText());
    }

    @Override
    public void didChange(DidChangeTextDocumentParams params) {
        if (!params.getContentChanges().isEmpty()) {
            put(
                    params.getTextDocument().getUri(),
                    params.getContentChanges().getLast().getText());
        }
    }

    private synchronized void put(String uri, String text) {
        OpenDocument document = OpenDocument.of(text, kinds, Optional.ofNullable(open.get(uri)));
        open.put(uri, document);
        if (open.size() > MOST_OPEN) {
            open.remove(open.keySet().iterator().next());
        }
        diagnostics.changed(uri, document);
    }

    @Override
    public synchronized void didClose(DidCloseTextDocumentParams params) {
        open.remove(params.getTextDocument().getUri());
        diagnostics.closed(params.getTextDocument().getUri());
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {
        // What was saved is what was changed last, which is known.
    }

    private synchronized Optional<OpenDocument> document(String uri) {
        return Optional.ofNullable(open.get(uri)).filter(known -> known.isRunbook(uri));
    }

    private record Asked(OpenDocument document, int offset, Optional<Symbol> symbol) {}

    private Optional<Asked> asked(TextDocumentPositionParams params) {
        return document(params.getTextDocument().getUri()).map(document -> {
            int offset = document.lines().offset(params.getPosition());
            return new Asked(document, offset, document.symbol(offset));
        });
    }

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(CompletionParams params) {
        return answer(Either.forLeft(asked(params)
                .map(at -> Completions.at(
                        at.document().model(), docs, at.document().lines(), at.offset()))
                .orElse(List.of())));
    }

    @Override
    @SuppressWarnings("NullAway") // The protocol's "nothing here" is null.
    public CompletableFuture<Hover> hover(HoverParams params) {
        return answer(asked(params)
                .flatMap(at ->
                        new Hovers(at.document().model(), docs, at.document().lines()).at(at.offset(), at.symbol()))
                .map(text -> new Hover(new MarkupContent(MarkupKind.MARKDOWN, text)))
                .orElse(null));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
            DefinitionParams params) {
        return answer(Either.forLeft(locations(params, true, false)));
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
        return answer(locations(params, params.getContext().isIncludeDeclaration(), true));
    }

    private List<Location> locations(TextDocumentPositionParams params, boolean definitions, boolean mentions) {
        String uri = params.getTextDocument().getUri();
        return asked(params)
                .flatMap(at -> at.symbol().map(symbol -> at.document().places(symbol, definitions, mentions)))
                .orElse(List.of())
                .stream()
                .map(range -> new Location(uri, range))
                .toList();
    }

    @Override
    public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
            DocumentSymbolParams params) {
        return answer(document(params.getTextDocument().getUri()).map(OpenDocument::outline).orElse(List.of()).stream()
                .map(Either::<SymbolInformation, DocumentSymbol>forRight)
                .toList());
    }

    @Override
    public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
        Optional<Asked> at = asked(params);
        Optional<Symbol> symbol = at.flatMap(Asked::symbol);
        if (at.isEmpty() || symbol.isEmpty()) {
            return refused("there is no id here");
        }
        String name = params.getNewName();
        if (!Names.isId(name)) {
            return refused("'" + name + "' is no id: lower-case letters, digits and _, a letter first, at most 64");
        }
        String whole = symbol.get()
                        .name()
                        .substring(
                                0,
                                symbol.get().name().length() - symbol.get().id().length())
                + name;
        Symbol taken = new Symbol(symbol.get().sort(), whole, symbol.get().position(), 1, true);
        if (at.get().document().model().symbols().stream().anyMatch(one -> one.defines() && one.same(taken))) {
            return refused("there is a " + Names.choice(symbol.get().sort()) + " '" + name + "' already");
        }
        List<TextEdit> edits = at.get().document().places(symbol.get(), true, true).stream()
                .map(range -> new TextEdit(range, name))
                .toList();
        return answer(new WorkspaceEdit(Map.of(params.getTextDocument().getUri(), edits)));
    }

    private static <T> CompletableFuture<T> refused(String why) {
        return CompletableFuture.failedFuture(
                new ResponseErrorException(new ResponseError(ResponseErrorCode.InvalidParams, why, null)));
    }

    private static <T extends @org.jspecify.annotations.Nullable Object> CompletableFuture<T> answer(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
