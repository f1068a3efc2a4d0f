package dev.whydunit.cli;

import dev.whydunit.lsp.RunbookServer;
import dev.whydunit.runbook.RunbookParser;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code whydunit lsp}: the language server. */
@Command(
        mixinStandardHelpOptions = true,
        name = "lsp",
        description = "Serve an editor over standard input and output (Language Server Protocol).",
        footer = {
            "",
            "Editors start it by themselves; docs/editors.md says how to tell them.",
            "",
            "Example: whydunit lsp"
        })
final class LspCommand implements Callable<Integer> {
    private final Application application;

    @Option(names = "--stdio", description = "Accepted for editors that say it; there is no other way.")
    private boolean stdio;

    LspCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunbookParser parser = new RunbookParser(application.signatures());
        return RunbookServer.serve(parser, System.in, application.console().out()) ? ExitCode.DONE : ExitCode.FAILED;
    }
}
