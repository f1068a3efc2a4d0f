package dev.whydunit.step.changequery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.source.git.Change;
import dev.whydunit.source.git.GitHistory;
import dev.whydunit.step.TestStepContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeQueryKindTest {
    private static final Instant ALERT = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private final ChangeQueryKind kind = new ChangeQueryKind();

    @BeforeEach
    void commit() throws Exception {
        try (Git git = Git.init().setDirectory(folder.resolve("shop").toFile()).call()) {
            change(git, "a.txt", "Start", ALERT.minus(Duration.ofDays(3)));
            change(git, "b.txt", "Change the cart\n\nTeam: team-cart\n", ALERT.minus(Duration.ofHours(2)));
            change(git, "c.txt", "Release 2\n\nSigned-off-by: Jane Doe <jane@example.com>", ALERT.plusSeconds(20));
            change(git, "d.txt", "Repair", ALERT.plus(Duration.ofHours(1)));
        }
    }

    @Test
    void theChangesOfTheWindowAreGivenNewestFirstWithoutPersons() throws Exception {
        ChangeQueryResult result = seen(observe(parameters("shop", 50)));

        assertThat(result.changes()).extracting(Change::what).containsExactly("Release 2", "Change the cart");
        assertThat(result.changes()).extracting(Change::team).containsExactly("", "team-cart");
        assertThat(result.changes()).extracting(Change::files).containsExactly(List.of("c.txt"), List.of("b.txt"));
        assertThat(result.changes().getFirst().id()).hasSize(10);
        assertThat(result.count()).isEqualTo(2);
        assertThat(result.firstAt()).contains(ALERT.minus(Duration.ofHours(2)));
        assertThat(result.lastAt()).contains(ALERT.plusSeconds(20));
        assertThat(result.toString()).doesNotContain("Jane").doesNotContain("jane@");
    }

    @Test
    void whereNothingWasChangedThereAreNoTimes() throws Exception {
        Observation observation = kind.observe(
                parameters("shop", 50),
                TestStepContext.in(folder, Duration.ofSeconds(30)).at(ALERT.minus(Duration.ofDays(30))));

        assertThat(seen(observation).changes()).isEmpty();
        assertThat(seen(observation).firstAt()).isEmpty();
    }

    @Test
    void theNewestAreKeptAndTheRestIsSaid() throws Exception {
        Seen seen = (Seen) observe(parameters("shop", 1));

        assertThat(((ChangeQueryResult) seen.result()).changes())
                .extracting(Change::what)
                .containsExactly("Release 2");
        assertThat(seen.caveats()).containsExactly("only the newest 1 changes were read");
    }

    @Test
    void aConfiguredSourceIsReadToo() throws Exception {
        Observation observation = kind.observe(
                new ChangeQueryParameters(Optional.empty(), Optional.empty(), Duration.ofHours(24), 50),
                TestStepContext.in(folder, Duration.ofSeconds(30))
                        .at(ALERT)
                        .withSource(new GitHistory(folder.resolve("shop"), "HEAD")));

        assertThat(seen(observation).count()).isEqualTo(2);
    }

    @Test
    void withoutARepositoryOrARefNothingIsSeen() throws Exception {
        Files.createDirectories(folder.resolve("shop/sub"));

        for (String path : List.of("elsewhere", "shop/sub", ".")) {
            Unseen unseen = (Unseen) observe(parameters(path, 50));
            assertThat(unseen.cause()).isEqualTo(Cause.FAILED);
            assertThat(unseen.why()).startsWith("there is no git repository in ");
        }
        Unseen noRef = (Unseen) kind.observe(
                new ChangeQueryParameters(Optional.empty(), Optional.empty(), Duration.ofHours(24), 50),
                TestStepContext.in(folder, Duration.ofSeconds(30))
                        .withSource(new GitHistory(folder.resolve("shop"), "nope")));
        assertThat(noRef.why()).endsWith("has no nope");
    }

    @Test
    void readingWritesNothingIntoTheRepository() throws Exception {
        List<String> before = files();

        observe(parameters("shop", 50));

        assertThat(files()).isEqualTo(before);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(path -> {
                        try {
                            return path + " " + Files.getLastModifiedTime(path);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .sorted()
                    .toList();
        }
    }

    private Observation observe(ChangeQueryParameters parameters) throws InterruptedException {
        return kind.observe(
                parameters, TestStepContext.in(folder, Duration.ofSeconds(30)).at(ALERT));
    }

    private static ChangeQueryParameters parameters(String path, int limit) {
        return new ChangeQueryParameters(Optional.empty(), Optional.of(path), Duration.ofHours(24), limit);
    }

    private static ChangeQueryResult seen(Observation observation) {
        assertThat(observation).isInstanceOf(Seen.class);
        return (ChangeQueryResult) ((Seen) observation).result();
    }

    private static void change(Git git, String file, String message, Instant at) throws Exception {
        Files.writeString(git.getRepository().getWorkTree().toPath().resolve(file), message);
        git.add().addFilepattern(file).call();
        PersonIdent person = new PersonIdent("Jane Doe", "jane@example.com", at, ZoneOffset.UTC);
        git.commit()
                .setMessage(message)
                .setAuthor(person)
                .setCommitter(person)
                .setSign(false)
                .call();
    }
}
