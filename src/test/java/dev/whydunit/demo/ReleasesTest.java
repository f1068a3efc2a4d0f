package dev.whydunit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {
    @TempDir
    Path folder;

    @Test
    void theHistoryIsOldUntilARelease() throws Exception {
        try (Releases releases = Releases.create(folder)) {
            assertThat(commits())
                    .hasSize(4)
                    .allSatisfy(commit -> assertThat(age(commit)).isGreaterThan(Duration.ofDays(2)));
            assertThat(version()).isEqualTo("1.3.0");

            releases.releaseWithSlowQuery();

            assertThat(commits()).hasSize(5);
            RevCommit latest = commits().getFirst();
            assertThat(age(latest)).isLessThan(Duration.ofMinutes(1));
            assertThat(latest.getFullMessage()).startsWith("Release 1.4.0: ").contains("\n\nTeam: orders\n");
            assertThat(version()).isEqualTo("1.4.0");
        }
    }

    @Test
    void onlyTheStatementForTheOrdersOfACustomerChanges() throws Exception {
        try (Releases releases = Releases.create(folder)) {
            List<String> before = Files.readAllLines(folder.resolve("queries.properties"));
            releases.releaseWithSlowQuery();
            List<String> after = Files.readAllLines(folder.resolve("queries.properties"));
            assertThat(after).hasSameSizeAs(before);
            after.removeAll(before);
            assertThat(after).singleElement().asString().startsWith("orders.of_customer = ");
        }
    }

    private String version() throws IOException {
        return Files.readString(folder.resolve("VERSION")).strip();
    }

    private List<RevCommit> commits() throws Exception {
        try (Git git = Git.open(folder.toFile())) {
            List<RevCommit> commits = new ArrayList<>();
            git.log().call().forEach(commits::add);
            return commits;
        }
    }

    private static Duration age(RevCommit commit) {
        return Duration.between(commit.getAuthorIdent().getWhenAsInstant(), Instant.now());
    }
}
