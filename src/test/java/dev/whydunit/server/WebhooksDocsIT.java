package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.app.StepKindsForTests;
import dev.whydunit.cli.Application;
import dev.whydunit.cli.Commands;
import dev.whydunit.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The first minutes of docs/webhooks.md, done as they say: files are saved, the server is started, the alert is posted, commands show what came of it. */
class WebhooksDocsIT {
    private static final Pattern BLOCK = Pattern.compile("```(yaml|sh|json|text)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CURL = Pattern.compile(
            "curl http://127\\.0\\.0\\.1:8080(\\S+) -H \"Authorization: Bearer \\$AM_TOKEN\" -d '(.*)'");
    private static final Pattern EXPORT = Pattern.compile("export AM_TOKEN=(\\S+)");

    @TempDir
    private Path folder;

    private String token = "";
    private String last = "";

    @Test
    void theFirstMinutesWorkAsTheyAreWritten() throws Exception {
        String page = Files.readString(Path.of("docs/webhooks.md"));
        String section = page.substring(page.indexOf("## In five minutes"), page.indexOf("## Receivers"));
        Matcher block = BLOCK.matcher(section);
        RunningServer server = null;
        int shown = 0;
        try {
            while (block.find()) {
                String text = block.group(2).strip();
                switch (block.group(1)) {
                    case "yaml" -> save(text);
                    case "json" ->
                        assertThat(JsonMapper.shared().readTree(last))
                                .isEqualTo(JsonMapper.shared().readTree(text));
                    case "text" -> {
                        assertThat(last)
                                .contains(text.lines().map(String::strip).toList());
                        shown++;
                    }
                    default -> {
                        for (String line : text.lines().toList()) {
                            server = line(line, server);
                        }
                    }
                }
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
        assertThat(shown).isEqualTo(2);
    }

    private void save(String text) throws Exception {
        Path file = folder.resolve(text.substring(2, text.indexOf('\n')));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private RunningServer line(String line, RunningServer server) throws Exception {
        Matcher export = EXPORT.matcher(line);
        Matcher curl = CURL.matcher(line);
        if (export.matches()) {
            token = export.group(1);
            return server;
        }
        if (line.equals("./whydunit serve")) {
            return new RunningServer(
                    folder, Files.readString(folder.resolve("whydunit.yaml")), Map.of("AM_TOKEN", token));
        }
        if (curl.matches()) {
            RunningServer.Answer answer =
                    server.post(curl.group(1), curl.group(2), Map.of("Authorization", "Bearer " + token));
            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            last = answer.body();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> server.get("/api/incidents/inc-1", RunningServer.ADMIN)
                            .body()
                            .contains("has ended"));
            return server;
        }
        assertThat(line).startsWith("./whydunit ");
        last = command(line.substring("./whydunit ".length()).split(" "));
        return server;
    }

    private String command(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(both, both, false, false, false, false, true, 80);
        Application application = new Application(
                console,
                Map.of("WHYDUNIT_STATE", folder.resolve("state").toString(), "AM_TOKEN", token),
                folder,
                StepKindsForTests::stepKinds,
                StepKindsForTests.sourceKinds());
        int exit = Commands.execute(application, arguments);
        String said = out.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(said).isZero();
        return said;
    }
}
