package dev.whydunit.cli;

import dev.whydunit.client.RemoteServer;
import dev.whydunit.report.ApprovalText;
import java.util.List;
import java.util.Optional;

/** Leave that a step waits for, given or refused: in this shell, or on a server. */
final class Decision {
    private Decision() {}

    /** @param step the step that waits; empty for the only one that does */
    static int make(Application application, CommonOptions options, Optional<String> step, boolean granted) {
        Optional<RemoteServer> server = application.server(options);
        Optional<String> wrong = server.isPresent()
                ? there(application, server.get(), step, granted)
                : application.stage().decide(step, granted);
        wrong.ifPresent(application::fail);
        return wrong.isPresent() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static Optional<String> there(
            Application application, RemoteServer server, Optional<String> step, boolean granted) {
        try (server) {
            List<RemoteServer.Wish> waiting = server.wishes();
            List<RemoteServer.Wish> meant = waiting.stream()
                    .filter(wish -> step.isEmpty()
                            || wish.step().equals(step.get())
                            || wish.id().equals(step.get()))
                    .toList();
            if (meant.size() != 1) {
                return Optional.of(
                        meant.isEmpty()
                                ? "no such step waits for leave on " + server.name()
                                : "several wait there; say which: "
                                        + String.join(
                                                ", ",
                                                meant.stream()
                                                        .map(RemoteServer.Wish::id)
                                                        .toList()));
            }
            RemoteServer.Wish wish = meant.getFirst();
            server.decide(wish, granted);
            application
                    .console()
                    .out()
                    .print(ApprovalText.of(wish.step(), wish.target(), wish.command(), wish.undo(), wish.attempt())
                            + (granted ? "approved" : "denied") + "\n");
            return Optional.empty();
        }
    }
}
