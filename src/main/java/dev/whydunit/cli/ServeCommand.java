package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.server.ServeSettings;
import dev.whydunit.server.Server;
import dev.whydunit.server.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whydunit serve}: webhooks, the API and the investigations that alerts start, until it is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Receive alerts, investigate them and answer the API, until stopped.",
        footer = {
            "",
            "WHYDUNIT_ADMIN_TOKEN sets the first administrator's token; otherwise one is made and printed once.",
            "It listens on this machine alone unless --address says otherwise.",
            "",
            "Example: whydunit serve --config whydunit.yaml --port 8080"
        })
final class ServeCommand implements Callable<Integer> {
    private final Application application;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Where it listens (default: ${DEFAULT-VALUE}; 0 for any that is free).")
    private int port;

    @Option(
            names = "--address",
            paramLabel = "IP",
            defaultValue = "127.0.0.1",
            description = "The address that it listens on (default: ${DEFAULT-VALUE}).")
    private String address = "127.0.0.1";

    ServeCommand(Application application) {
        this.application = application;
    }

    /** Starts a server on any port, asks it something, and ends it: what an AOT cache is trained with. No configuration bears on it. */
    int train() throws StartFailure, IOException, InterruptedException {
        try (Server server = start(Configuration.empty(application.directory()), 0);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> health = client.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + ":" + server.port() + "/actuator/health"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return health.statusCode() == 200 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private Server start(Configuration configuration, int onPort) throws StartFailure, UnknownHostException {
        return Server.start(new ServeSettings(
                configuration,
                application.stateDirectory(options),
                InetAddress.getByName(address),
                onPort,
                Optional.ofNullable(application.environment().get("WHYDUNIT_ADMIN_TOKEN"))
                        .filter(token -> !token.isBlank()),
                application.stepKinds(configuration),
                application.sourceKinds(),
                application.console().err()));
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<Configuration> configuration = application.configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        try {
            Server server = start(configuration.get(), port);
            Thread end = Thread.ofPlatform().name("end").unstarted(server::close);
            Runtime.getRuntime().addShutdownHook(end);
            // Until a signal ends the process.
            new CountDownLatch(1).await();
            return ExitCode.DONE;
        } catch (StartFailure e) {
            application.fail(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        } catch (UnknownHostException e) {
            application.fail("--address " + address + " is no address of this machine");
            return ExitCode.USAGE;
        }
    }
}
