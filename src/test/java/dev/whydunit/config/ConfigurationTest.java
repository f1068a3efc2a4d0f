package dev.whydunit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import dev.whydunit.schema.Default;
import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.SourceKind;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    record Elastic(String url, @Default("logs-*") String index, Optional<String> apiKey) {}

    record Prometheus(String url) {}

    private static <S extends Record> SourceKind<S> kind(String name, Class<S> settings) {
        return new SourceKind<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Class<S> settings() {
                return settings;
            }

            @Override
            public Class<?> type() {
                return Object.class;
            }

            @Override
            public Object open(String source, S with, SourceEnvironment environment) {
                return with;
            }
        };
    }

    private static final List<SourceKind<?>> KINDS =
            List.of(kind("elasticsearch", Elastic.class), kind("prometheus", Prometheus.class));

    @TempDir
    private Path folder;

    private Configuration.Loaded load(String text, String environment) throws IOException {
        Path file = folder.resolve("whydunit.yaml");
        Files.writeString(file, text);
        return Configuration.load(file, environment, KINDS, Map.of("ES_KEY", "s3cret"));
    }

    private static final String GOOD = """
            sources:
              logs: {kind: elasticsearch, url: 'http://127.0.0.1:9200', api_key: 'env:ES_KEY'}
              prom: {kind: prometheus, url: 'http://127.0.0.1:9090'}
            services:
              shop: {tier: 1, owner: team-shop, hosts: [web1], depends_on: [cart]}
            hosts:
              web1: {address: 10.0.0.5, ssh: {user: whydunit, key: 'file:secrets/id'}}
            receivers:
              am: {kind: alertmanager, auth: {bearer: 'env:AM_TOKEN'}}
              open: {kind: generic, auth: none}
            database: {url: 'jdbc:postgresql://127.0.0.1/whydunit', user: whydunit, password: 'env:DB_PASSWORD'}
            runbooks: [books]
            policy:
              commands: {deny: [rm, dd]}
            environments:
              staging:
                sources:
                  logs: {url: 'http://staging:9200'}
                  prom: {kind: elasticsearch, url: 'http://other:9200'}
            """;

    @Test
    void aConfigurationIsRead() throws IOException {
        Configuration.Loaded loaded = load(GOOD, "default");
        assertThat(loaded.problems()).isEmpty();
        Configuration configuration = loaded.configuration().orElseThrow();
        assertThat(configuration.sources().get("logs").settings())
                .isEqualTo(new Elastic("http://127.0.0.1:9200", "logs-*", Optional.of("env:ES_KEY")));
        assertThat(configuration.services().get("shop"))
                .containsEntry("name", "shop")
                .containsEntry("tier", 1L)
                .containsEntry("hosts", List.of("web1"));
        assertThat(configuration.hosts().get("web1").address()).isEqualTo("10.0.0.5");
        assertThat(configuration.receivers()).containsOnlyKeys("am", "open");
        assertThat(configuration.runbooks())
                .containsExactly(folder.toAbsolutePath().resolve("books"));
        assertThat(configuration.policy().commands().deny())
                .extracting(NamePattern::text)
                .containsExactly("rm", "dd");
        assertThat(configuration.environment().secret("env:ES_KEY")).isEqualTo("s3cret");
        Files.writeString(folder.resolve("token"), "t0ken\n");
        assertThat(configuration.environment().secret("file:token")).isEqualTo("t0ken");
        assertThatThrownBy(() -> configuration.environment().secret("plain-value"))
                .hasMessage("a secret is given by reference, as env:NAME or file:PATH");
    }

    @Test
    void anEnvironmentLiesOverTheCommonValues() throws IOException {
        Configuration staging = load(GOOD, "staging").configuration().orElseThrow();
        assertThat(staging.sources().get("logs").settings())
                .isEqualTo(new Elastic("http://staging:9200", "logs-*", Optional.of("env:ES_KEY")));
        assertThat(staging.sources().get("prom").settings())
                .isEqualTo(new Elastic("http://other:9200", "logs-*", Optional.empty()));
        assertThat(load(GOOD, "stagin").problems())
                .extracting(problem -> problem.message() + " / " + problem.help())
                .containsExactly("there is no environment 'stagin' / did you mean 'staging'?");
    }

    @Test
    void allMistakesAreNamed() throws IOException {
        Configuration.Loaded loaded = load("""
                source: {}
                sources:
                  logs: {kind: elastisearch}
                  es: {kind: elasticsearch, urll: x}
                  bare: {url: x}
                  prom: {kind: prometheus, url: x, token: hunter2}
                policy: {commands: {denied: [rm]}}
                """, "default");
        assertThat(loaded.configuration()).isEmpty();
        assertThat(loaded.problems().stream()
                        .map(problem -> ProblemRenderer.line(problem)
                                        .substring(folder.toString().length()) + " / " + problem.help()))
                .containsExactly(
                        "/whydunit.yaml:1:1: a configuration has no key 'source' [E201] / did you mean 'sources'?",
                        "/whydunit.yaml:3:16: there is no kind of source 'elastisearch' [E603] / did you mean 'elasticsearch'?",
                        "/whydunit.yaml:4:3: source 'es' (elasticsearch) needs 'url' [E202] / ",
                        "/whydunit.yaml:4:29: source 'es' (elasticsearch) has no key 'urll' [E201] / did you mean 'url'?",
                        "/whydunit.yaml:5:3: source 'bare' has no kind [E603] / add kind: one of elasticsearch, prometheus",
                        "/whydunit.yaml:6:36: 'token' is given by reference, not by value [E606] / write env:NAME for an environment variable or file:PATH for a file",
                        "/whydunit.yaml:7:21: 'commands' has no key 'denied' [E201] / its keys: deny, allow");
        String text = Files.readString(folder.resolve("whydunit.yaml"));
        assertThat(loaded.problems())
                .allSatisfy(problem ->
                        assertThat(ProblemRenderer.full(problem, text)).doesNotContain("hunter2"));
    }

    @Test
    void theNearestFileCounts() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("a/b"));
        assertThat(Configuration.find(Optional.empty(), Map.of("HOME", folder.toString()), inner))
                .isEmpty();
        Files.writeString(folder.resolve("whydunit.yaml"), "{}");
        assertThat(Configuration.find(Optional.empty(), Map.of(), inner)).contains(folder.resolve("whydunit.yaml"));
        assertThat(Configuration.find(Optional.empty(), Map.of("WHYDUNIT_CONFIG", "x.yaml"), inner))
                .contains(inner.resolve("x.yaml"));
        assertThat(Configuration.find(Optional.of(Path.of("/y.yaml")), Map.of("WHYDUNIT_CONFIG", "x.yaml"), inner))
                .contains(Path.of("/y.yaml"));
        assertThat(Configuration.load(folder.resolve("none.yaml"), "default", KINDS, Map.of())
                        .problems())
                .extracting(problem -> problem.message())
                .containsExactly("the configuration file does not exist");
        assertThat(Configuration.empty(inner).sources()).isEmpty();
    }

    @Test
    void aScheduleIsReadAndAnsweredForItsZone() throws IOException {
        Configuration configuration = load("""
                schedules:
                  nightly: {runbook: slow_host, cron: '30 3 * * *', zone: Europe/Berlin, inputs: {window: 15m}}
                  elsewhere: {runbook: slow_host, cron: '0 * * * *', environment: staging}
                """, "default").configuration().orElseThrow();
        assertThat(configuration.schedules()).containsOnlyKeys("nightly");
        ScheduleDefinition nightly = configuration.schedules().get("nightly");
        assertThat(nightly.inputs()).containsExactly(Map.entry("window", "15m"));
        assertThat(nightly.times()
                        .getNextExecutionTime(
                                ExecutionComplete.simulatedSuccess(Instant.parse("2026-07-01T00:00:00Z"))))
                .isEqualTo(Instant.parse("2026-07-01T01:30:00Z"));
    }

    @Test
    void aWrongScheduleIsRefusedWithItsPlace() throws IOException {
        assertThat(lines("""
                schedules:
                  one: {runbook: slow_host, cron: '61 * * * *'}
                  two: {runbook: slow_host, cron: 'every day'}
                  three: {runbook: slow_host, cron: '0 3 * * *', zone: Europe/Berln}
                  'fo ur': {runbook: slow_host, cron: '0 3 * * *'}
                  five: {cron: '0 3 * * *'}
                """))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("2:")
                                .contains("'61 * * * *' is no cron expression")
                                .endsWith("[E631]"),
                        line -> assertThat(line)
                                .startsWith("3:")
                                .contains("it has 2 fields")
                                .endsWith("[E631]"),
                        line -> assertThat(line)
                                .startsWith("4:")
                                .contains("there is no time zone 'Europe/Berln'")
                                .endsWith("[E632]"),
                        line -> assertThat(line)
                                .startsWith("5:")
                                .contains("a schedule is named")
                                .endsWith("[E631]"),
                        line -> assertThat(line).startsWith("6:").endsWith("[E202]"));
    }

    @Test
    void aSourceSaysHowManyMayUseItAtOnce() throws IOException {
        Configuration configuration = load("""
                sources:
                  prom: {kind: prometheus, url: 'http://127.0.0.1:9090', max_at_once: 3, max_per_second: 5}
                  more: {kind: prometheus, url: 'http://127.0.0.1:9091'}
                """, "default").configuration().orElseThrow();
        assertThat(configuration.sources().get("prom").maxAtOnce()).isEqualTo(3);
        assertThat(configuration.sources().get("more").maxAtOnce()).isEqualTo(SourceDefinition.AT_ONCE);
        assertThat(configuration.sources().get("prom").maxPerSecond()).contains(5);
        assertThat(configuration.sources().get("more").maxPerSecond()).isEmpty();
        assertThat(lines("sources: {prom: {kind: prometheus, url: 'http://127.0.0.1:9090', max_at_once: none}}\n"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("max_at_once is a whole number from 1 to 9999")
                        .endsWith("[E205]"));
    }

    @Test
    void jobsThatNameNoServiceAreReadAndNoneIsSomethingElseThanNothingSaid() throws IOException {
        assertThat(load("incidents: {not_services: [node, '*-exporter']}\n", "default")
                        .configuration()
                        .orElseThrow()
                        .incidents()
                        .notServices())
                .contains(List.of("node", "*-exporter"));
        assertThat(load("incidents: {not_services: []}\n", "default")
                        .configuration()
                        .orElseThrow()
                        .incidents()
                        .notServices())
                .contains(List.of());
        assertThat(load("incidents: {window: 1m}\n", "default")
                        .configuration()
                        .orElseThrow()
                        .incidents()
                        .notServices())
                .isEmpty();
        assertThat(lines("incidents: {not_services: node}\n")).hasSize(1);
    }

    private List<String> lines(String text) throws IOException {
        return load(text, "default").problems().stream()
                .map(problem -> problem.position().line() + ":"
                        + problem.position().column() + ": " + problem.message() + " [" + problem.code() + "]")
                .toList();
    }
}
