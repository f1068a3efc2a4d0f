package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.digest.Sha256;
import dev.whydunit.engine.Approvals.Answer;
import dev.whydunit.engine.Approvals.Wish;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.store.Database;
import dev.whydunit.store.Statements;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an approval is good for, and for how long. */
class ApprovalStoreTest {
    private static final String INVESTIGATION = "20261130-1";
    private static final int IN_CHARGE = 2;

    @TempDir
    private Path folder;

    private Database database;
    private ApprovalStore store;

    @BeforeEach
    void open() throws Exception {
        database = Database.embeddedForServer(folder.resolve("journal.db"));
        store = new ApprovalStore(database);
        database.commits()
                .submit(connection -> Statements.update(
                        connection,
                        "insert into investigation (id, runbook, environment, started_at, state, attempt) values (?, ?, ?, ?, ?, ?)",
                        INVESTIGATION,
                        "pool",
                        "default",
                        database.clock().instant(),
                        "running",
                        IN_CHARGE))
                .join();
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private static Wish wish(String target, String command, int attempt, Duration expires) {
        return new Wish(
                "free",
                Optional.of(target).filter(name -> !name.isEmpty()),
                command,
                attempt,
                Optional.empty(),
                "responder",
                expires);
    }

    private PendingApproval ask(Wish wish) {
        return store.ask(INVESTIGATION, wish, wish);
    }

    private PendingApproval granted(Wish wish) throws Exception {
        PendingApproval asked = ask(wish);
        assertThat(store.answer(asked.id(), true, "ann")).isTrue();
        return store.find(asked.id()).orElseThrow();
    }

    @Test
    void theSameQuestionIsAskedOnce() {
        Wish wish = wish("web1", "restart", 1, Duration.ofMinutes(1));

        assertThat(ask(wish).id()).isEqualTo(ask(wish).id());
        assertThat(ask(wish).sha256()).isEqualTo(Sha256.hex("on web1\nrestart"));
    }

    @Test
    void anotherHostCommandOrAttemptIsAnotherQuestion() {
        Duration minute = Duration.ofMinutes(1);

        assertThat(List.of(
                        ask(wish("web1", "restart", 1, minute)).id(),
                        ask(wish("web2", "restart", 1, minute)).id(),
                        ask(wish("web1", "restart now", 1, minute)).id(),
                        ask(wish("web1", "restart", 2, minute)).id()))
                .doesNotHaveDuplicates();
    }

    @Test
    void itIsUsedOnceAndThenAskedAnew() throws Exception {
        Wish wish = wish("", "restart", 1, Duration.ofMinutes(1));
        PendingApproval approval = granted(wish);

        assertThat(store.use(approval, IN_CHARGE)).isTrue();
        assertThat(store.use(approval, IN_CHARGE)).isFalse();
        assertThat(ask(wish).id()).isNotEqualTo(approval.id());
    }

    @Test
    void whoIsNoLongerInChargeCannotUseIt() throws Exception {
        PendingApproval approval = granted(wish("", "restart", 1, Duration.ofMinutes(1)));

        assertThat(store.use(approval, IN_CHARGE - 1)).isFalse();
        assertThat(store.use(approval, IN_CHARGE)).as("it is left for who is").isTrue();
    }

    @Test
    void whatWasNotGrantedCannotBeUsed() {
        PendingApproval asked = ask(wish("", "restart", 1, Duration.ofMinutes(1)));
        assertThat(store.use(asked, IN_CHARGE)).isFalse();
        assertThat(store.answer(asked.id(), false, "ann")).isTrue();
        assertThat(store.use(asked, IN_CHARGE)).isFalse();
    }

    @Test
    void anExpiredOneIsNeitherAnsweredNorUsed() throws Exception {
        PendingApproval unanswered = ask(wish("", "restart", 1, Duration.ofMillis(1)));
        PendingApproval answered = granted(wish("", "reload", 1, Duration.ofMillis(1500)));
        await().until(() -> database.clock().instant().isAfter(answered.expiresAt()));

        assertThat(store.answer(unanswered.id(), true, "ann")).isFalse();
        assertThat(store.use(answered, IN_CHARGE)).isFalse();
        assertThat(store.waiting()).isEmpty();
    }

    private List<String> audit(String about) throws Exception {
        return database.read(connection -> Statements.select(
                connection,
                row -> row.getString(1) + " " + row.getString(2),
                "select who, what from audit where about = ? order by at, id",
                about));
    }

    @Test
    void aWithdrawnOneIsNeitherAnsweredNorUsedAndTheAuditTrailSaysSo() throws Exception {
        Wish wish = wish("web1", "restart", 1, Duration.ofMinutes(1));
        PendingApproval asked = ask(wish);
        PendingApproval answered = granted(wish("web2", "restart", 1, Duration.ofMinutes(1)));

        store.withdraw(INVESTIGATION, "free", "pool is no longer the verdict");
        store.withdraw(INVESTIGATION, "free", "it is said once");

        assertThat(store.waiting()).isEmpty();
        assertThat(store.answer(asked.id(), true, "ann")).isFalse();
        assertThat(new ApprovalDesk(store).answer(asked.id(), false, Optional.empty(), "ann", Role.ADMIN))
                .isEqualTo(new ApprovalDesk.Stale("withdrawn: pool is no longer the verdict"));
        assertThat(store.use(answered, IN_CHARGE)).as("a yes that came before").isFalse();
        PendingApproval found = store.find(asked.id()).orElseThrow();
        assertThat(found.granted()).isEmpty();
        assertThat(found.by()).isEmpty();
        assertThat(found.withdrawn()).contains("pool is no longer the verdict");
        assertThat(audit(asked.id()))
                .last()
                .isEqualTo("server withdrew the question of step free of " + INVESTIGATION + " on web1, sha256 "
                        + asked.sha256() + ": pool is no longer the verdict");
        assertThat(audit(asked.id())).hasSize(2);
        assertThat(ask(wish).id()).as("asked again it is another question").isNotEqualTo(asked.id());
    }

    @Test
    void whatWasDoneIsNotWithdrawn() throws Exception {
        PendingApproval used = granted(wish("", "restart", 1, Duration.ofMinutes(1)));
        assertThat(store.use(used, IN_CHARGE)).isTrue();

        store.withdraw(INVESTIGATION, "free", "too late");

        assertThat(store.find(used.id()).orElseThrow().withdrawn()).isEmpty();
    }

    @Test
    void whatIsWithdrawnInTheMomentBeforeItIsStoredIsWithdrawn() throws Exception {
        StoredApprovals approvals =
                new StoredApprovals(store, INVESTIGATION, IN_CHARGE, SecretMask::none, database.clock(), asked -> {
                    throw new AssertionError("nobody is told of it");
                });
        approvals.withdraw("free", "pool is no longer the verdict");

        assertThat(approvals.ask(wish("", "restart", 1, Duration.ofMinutes(1))))
                .isEqualTo(Answer.withdrawn("pool is no longer the verdict"));
        assertThat(store.waiting()).isEmpty();
    }

    @Test
    void whatNobodyAnsweredInTimeIsInTheAuditTrailOnceOverAllNodes() throws Exception {
        PendingApproval over = ask(wish("web1", "restart", 1, Duration.ofMillis(1)));
        PendingApproval open = ask(wish("web2", "restart", 1, Duration.ofMinutes(1)));
        PendingApproval denied = ask(wish("web3", "restart", 1, Duration.ofMillis(1500)));
        assertThat(store.answer(denied.id(), false, "ann")).isTrue();
        await().until(() -> database.clock().instant().isAfter(denied.expiresAt()));

        List<CompletableFuture<Integer>> nodes = IntStream.range(0, 4)
                .mapToObj(node -> new ApprovalStore(database))
                .map(each -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return each.expire();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();

        assertThat(nodes.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(1);
        assertThat(store.expire()).isZero();
        assertThat(audit(over.id()))
                .containsExactly(
                        "server asked for approval of step free",
                        "server the question of step free of " + INVESTIGATION + " on web1, sha256 " + over.sha256()
                                + ", expired unanswered at "
                                + store.find(over.id()).orElseThrow().expiresAt());
        assertThat(audit(open.id())).hasSize(1);
        assertThat(audit(denied.id())).hasSize(2).noneMatch(line -> line.contains("expired"));
        assertThat(store.waiting()).extracting(PendingApproval::id).containsExactly(open.id());
        assertThat(store.answer(over.id(), true, "ann")).isFalse();
        assertThat(new ApprovalDesk(store).answer(over.id(), true, Optional.empty(), "ann", Role.ADMIN))
                .isInstanceOf(ApprovalDesk.Stale.class);
    }

    @Test
    void secretsAreBoundButNotKept() throws Exception {
        SecretMask mask = new SecretMask(List.of("hunter2-hunter2"));
        StoredApprovals approvals =
                new StoredApprovals(store, INVESTIGATION, IN_CHARGE, () -> mask, database.clock(), asked -> {});
        Answer nobody = approvals.ask(wish("", "TOKEN=hunter2-hunter2 restart", 1, Duration.ofMillis(1)));
        approvals.ask(wish("", "TOKEN=hunter3-hunter3 restart", 1, Duration.ofMillis(1)));

        assertThat(nobody).isEqualTo(new Answer(false, "nobody within 1 ms"));
        List<String> kept = database.read(connection -> Statements.select(
                connection, row -> row.getString(1) + " " + row.getString(2), "select command, sha256 from approval"));
        assertThat(kept)
                .hasSize(2)
                .contains("TOKEN=<masked> restart " + Sha256.hex("TOKEN=hunter2-hunter2 restart"))
                .noneMatch(row -> row.contains("hunter2"));
    }

    @Test
    void whatWasApprovedIsDoneOnceByWhoeverIsInCharge() throws Exception {
        Wish wish = wish("", "restart", 1, Duration.ofMinutes(1));
        granted(wish);
        StoredApprovals superseded = new StoredApprovals(
                store, INVESTIGATION, IN_CHARGE - 1, SecretMask::none, database.clock(), asked -> {});
        StoredApprovals inCharge =
                new StoredApprovals(store, INVESTIGATION, IN_CHARGE, SecretMask::none, database.clock(), asked -> {});

        assertThat(superseded.ask(wish).granted()).isFalse();
        assertThat(inCharge.ask(wish)).isEqualTo(new Answer(true, "ann"));
    }
}
