package dev.whydunit.cli;

import dev.whydunit.client.RemoteServer;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.SummaryFold;
import dev.whydunit.report.SummaryHtml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** {@code whydunit open}: where the page of an investigation is. */
@Command(
        mixinStandardHelpOptions = true,
        name = "open",
        description = "Print the address of an investigation's page: the server's, else a file that is written.",
        footer = {"", "Example: whydunit open --of latest"})
final class OpenCommand implements Callable<Integer> {
    private final Application application;

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private ScreenOption output = new ScreenOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    OpenCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(application, common, of.id(), this::open);
    }

    private int open(StoredEvents stored) {
        Optional<RemoteServer> server = application.server(common);
        String address = server.isPresent() ? server.get().page(stored.id()).toString() : written(stored);
        server.ifPresent(RemoteServer::close);
        Screens.print(
                application,
                output.json()
                        ? JsonMapper.shared()
                                        .writeValueAsString(
                                                Map.of("schemaVersion", 1, "id", stored.id(), "address", address))
                                + "\n"
                        : address + "\n");
        return ExitCode.DONE;
    }

    /** The summary as a page in a file under the state directory, since there is no server to show one. */
    private String written(StoredEvents stored) {
        try {
            Path folder =
                    Files.createDirectories(application.stateDirectory(common).resolve("pages"));
            Path file = folder.resolve(stored.id() + ".html");
            Files.writeString(file, SummaryHtml.write(SummaryFold.of(stored.id(), stored.events())));
            return file.toUri().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("the page cannot be written: " + e.getMessage(), e);
        }
    }
}
