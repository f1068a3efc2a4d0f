package dev.whydunit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.PolicySettings;
import dev.whydunit.engine.Permissions.Allowed;
import dev.whydunit.engine.Permissions.Decision;
import dev.whydunit.engine.Permissions.Deed;
import dev.whydunit.engine.Permissions.Denied;
import dev.whydunit.engine.Touch;
import dev.whydunit.source.files.FilesKind;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Starter ALERT = Starter.here("alert");

    @TempDir
    Path folder;

    private Configuration.Loaded load(String policy) throws IOException {
        Path file = Files.writeString(
                folder.resolve("whydunit.yaml"),
                "sources: {logs: {kind: files, paths: [x]}, customers_eu: {kind: files, paths: [y]}}\n" + policy);
        return Configuration.load(file, "default", List.of(new FilesKind()), Map.of());
    }

    private PolicySettings settings(String policy) throws IOException {
        Configuration.Loaded loaded = load(policy);
        assertThat(loaded.problems()).isEmpty();
        return loaded.configuration().orElseThrow().policy();
    }

    private static Starter token(String role) {
        return new Starter("api", Optional.of(role));
    }

    private static Deed reads(String kind, Touch... touches) {
        return new Deed(kind, false, Optional.empty(), List.of(touches));
    }

    private static Deed writes(String program) {
        return new Deed("remedy", true, Optional.of("web1"), List.of(program(program)));
    }

    private static Touch program(String name) {
        String file = name.startsWith("/") ? name : "/usr/bin/" + name;
        return new Touch.Program(List.of(name, "x"), file, file, !name.contains("/"));
    }

    private static String line(Decision decision) {
        return switch (decision) {
            case Allowed allowed -> "allowed";
            case Denied denied -> denied.line();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "commands   | rm         | program   | policy.commands.deny, whydunit.yaml:3",
                "commands   | cat        | program   | allowed",
                "sources    | customers_eu | source  | policy.sources.deny, whydunit.yaml:6",
                "sources    | logs       | source    | allowed",
                "interfaces | eth9       | interface | policy.interfaces.deny, whydunit.yaml:5",
                "interfaces | any        | interface | policy.interfaces.deny, whydunit.yaml:5",
                "interfaces | eth0       | interface | allowed",
                "hosts      | db7        | host      | policy.hosts.deny, whydunit.yaml:4",
                "hosts      | web1       | host      | allowed"
            })
    void whatIsDeniedIsDeniedByItsLine(String key, String name, String what, String expected) throws IOException {
        PolicySettings settings = settings("""
                policy:
                  commands: {deny: [rm]}
                  hosts: {deny: ['db*']}
                  interfaces: {deny: [eth9]}
                  sources: {deny: 'customers_*'}
                """);
        Deed deed = switch (what) {
            case "program" -> reads("host_command", program(name));
            case "source" -> reads("log_query", new Touch.Source(Object.class, Optional.of(name)));
            case "interface" -> reads("packet_capture", new Touch.NetworkInterface(name));
            default -> new Deed("host_command", false, Optional.of(name), List.of(program("cat")));
        };

        assertThat(line(Policy.onServer(settings, ALERT).decide(deed))).isEqualTo(expected);
        assertThat(line(Policy.atPrompt(settings, Starter.here("command")).decide(deed)))
                .isEqualTo(expected);
    }

    @Test
    void withAnAllowListNothingElseIsAllowed() throws IOException {
        Policy policy =
                Policy.onServer(settings("policy: {commands: {allow: [cat]}, hosts: {allow: ['web*']}}\n"), ALERT);

        assertThat(line(policy.decide(reads("host_command", program("cat"))))).isEqualTo("allowed");
        assertThat(policy.decide(reads("host_command", program("ls"))))
                .isEqualTo(
                        new Denied("policy does not allow the program ls", "policy.commands.allow, whydunit.yaml:2"));
        assertThat(line(policy.decide(new Deed("host_command", false, Optional.of("db1"), List.of(program("cat"))))))
                .isEqualTo("policy.hosts.allow, whydunit.yaml:2");
        assertThat(line(policy.decide(reads("log_query", new Touch.Source(Object.class, Optional.of("logs"))))))
                .as("what runs on no host is about none")
                .isEqualTo("allowed");
    }

    @ParameterizedTest
    @CsvSource({"alert,false", "schedule,false", "command,false", "viewer,false", "responder,true", "admin,true"})
    void aRestrictionIsAboutWhoStartedTheInvestigation(String starter, boolean allowed) throws IOException {
        PolicySettings settings = settings("""
                policy:
                  restricted:
                    - {kinds: [packet_capture], started_by: responder}
                """);
        Starter who =
                List.of("viewer", "responder", "admin").contains(starter) ? token(starter) : Starter.here(starter);
        Policy policy = Policy.onServer(settings, who);

        assertThat(policy.decide(reads("packet_capture", new Touch.NetworkInterface("eth0"))) instanceof Allowed)
                .isEqualTo(allowed);
        assertThat(policy.decide(reads("log_query"))).isInstanceOf(Allowed.class);
    }

    @Test
    void anAlertThatATokenSentIsTheTokens() {
        assertThat(new Starter("alert", Optional.of("responder")).isOneOf(List.of("alert")))
                .isFalse();
    }

    @Test
    void onAServerWritesAreDeniedUnlessGranted() throws IOException {
        Policy silent = Policy.onServer(settings(""), token("admin"));

        assertThat(silent.decide(writes("systemctl"))).isInstanceOf(Denied.class);
        assertThat(silent.decide(reads("host_command", program("systemctl")))).isInstanceOf(Allowed.class);
    }

    @Test
    void atAPromptWritesAreThePersonsUnlessPolicySpeaksOfThem() throws IOException {
        Starter person = Starter.here("command");

        assertThat(Policy.atPrompt(settings(""), person).decide(writes("systemctl")))
                .isInstanceOf(Allowed.class);
        assertThat(Policy.atPrompt(settings("policy: {writes: []}\n"), person).decide(writes("systemctl")))
                .isInstanceOf(Denied.class);
    }

    @Test
    void theShortFormStillHolds() throws IOException {
        Policy policy = Policy.onServer(
                settings("policy: {writes: {allow: [systemctl], approvers: author, expires: 3m}}\n"), ALERT);

        assertThat(policy.decide(writes("systemctl"))).isEqualTo(new Allowed("author", Duration.ofMinutes(3)));
        assertThat(policy.decide(writes("rm")))
                .isEqualTo(new Denied(
                        "no grant of policy covers the program rm on web1 in an investigation started by alert",
                        "policy.writes.allow, whydunit.yaml:2"));
    }

    @Test
    void theFirstGrantThatCoversAllOfItSaysWhoApproves() throws IOException {
        PolicySettings settings = settings("""
                policy:
                  writes:
                    - {kinds: [remedy], commands: [systemctl], hosts: ['web*'], started_by: [alert], approvers: author}
                    - {commands: [systemctl], approvers: admin, expires: 1m}
                    - {kinds: [notify], channels: ['team-*']}
                """);
        Policy byAlert = Policy.onServer(settings, ALERT);
        Policy bySchedule = Policy.onServer(settings, Starter.here("schedule"));

        assertThat(byAlert.decide(writes("systemctl"))).isEqualTo(new Allowed("author", Duration.ofMinutes(10)));
        assertThat(bySchedule.decide(writes("systemctl"))).isEqualTo(new Allowed("admin", Duration.ofMinutes(1)));
        assertThat(byAlert.decide(new Deed("notify", true, Optional.empty(), List.of(new Touch.Channel("team-shop")))))
                .isInstanceOf(Allowed.class);
        assertThat(byAlert.decide(new Deed("notify", true, Optional.empty(), List.of(new Touch.Channel("all")))))
                .isInstanceOf(Denied.class);
        assertThat(byAlert.decide(new Deed("notify", true, Optional.empty(), List.of())))
                .as("a deed that touches nothing is granted by its kind alone")
                .isInstanceOf(Allowed.class);
        assertThat(byAlert.decide(new Deed("other", true, Optional.empty(), List.of())))
                .isInstanceOf(Denied.class);
    }

    @Test
    void whatIsDeniedToAllIsGrantedToNobody() throws IOException {
        Policy policy = Policy.onServer(
                settings("policy: {commands: {deny: [systemctl]}, writes: [{commands: [systemctl]}]}\n"), ALERT);

        assertThat(line(policy.decide(writes("systemctl")))).startsWith("policy.commands.deny");
    }

    @Test
    void theExampleOfThePageIsRight() throws IOException {
        String page = Files.readString(Path.of("docs/acting.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        PolicySettings settings = settings(page.substring(start, page.indexOf("```", start)));

        assertThat(settings.writes().orElseThrow()).hasSize(3);
        assertThat(settings.restricted()).hasSize(1);
    }

    @Test
    void mistakesAreNamedWithTheirPlaces() throws IOException {
        Configuration.Loaded loaded = load("""
                policy:
                  sources: {deny: [custmers_eu]}
                  restricted: {kinds: [x], started_by: alert}
                  writes:
                    - {comands: [systemctl]}
                    - {commands: [systemctl], approvers: root}
                    - {commands: [systemctl], started_by: alarm}
                    - {commands: [systemctl], expires: 5h}
                """);

        assertThat(loaded.configuration()).isEmpty();
        assertThat(loaded.problems().stream()
                        .map(problem -> ProblemRenderer.line(problem)
                                .substring(folder.toString().length())))
                .containsExactly(
                        "/whydunit.yaml:3:20: there is no source 'custmers_eu' [E640]",
                        "/whydunit.yaml:4:15: policy.restricted is a list of maps [E640]",
                        "/whydunit.yaml:6:8: an entry of policy.writes has no key 'comands' [E201]",
                        "/whydunit.yaml:7:42: approvers is responder, author or admin, not root [E640]",
                        "/whydunit.yaml:8:43: nobody who starts investigations is called 'alarm' [E640]",
                        "/whydunit.yaml:9:7: expires is above 0 and at most 1h [E640]");
    }
}
