package dev.whydunit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.delivery.StoredNotification.State;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.notification.Channel;
import dev.whydunit.notification.Message;
import dev.whydunit.notification.Messages;
import dev.whydunit.store.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:15:00Z");
    private static final Channel TEAM = new Channel.Teams("team", "env:T", Optional.empty());
    private static final Channel OPS = new Channel.Teams("ops", "env:T", Optional.empty());

    @TempDir
    Path folder;

    private Database database;
    private Outbox outbox;

    @BeforeEach
    void open() throws Exception {
        database = Database.embedded(folder.resolve("journal.db"));
        SecretMask mask = new SecretMask(List.of("s3cret-of-the-shop"));
        outbox = new Outbox(database, () -> mask);
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private List<String> add(String topic, Message message, Channel... channels) {
        return database.commits()
                .submit(connection -> outbox.add(connection, topic, message, List.of(channels), NOW))
                .join();
    }

    private static Message message(String text) {
        return Messages.ofStep("A title", text, NOW);
    }

    @Test
    void whatWasToldOnAChannelIsNotToldThereAgain() throws Exception {
        assertThat(add("verdict inc-1 concluded a", message("one"), TEAM)).hasSize(1);
        assertThat(add("verdict inc-1 concluded a", message("two"), TEAM, OPS)).hasSize(1);
        assertThat(add("verdict inc-1 concluded b", message("three"), TEAM)).hasSize(1);
        assertThat(outbox.list(10))
                .extracting(StoredNotification::channel)
                .containsExactlyInAnyOrder("team", "ops", "team");
    }

    @Test
    void aMessageComesBackAsItWasButForItsSecrets() throws Exception {
        String id = add("a", message("the password is s3cret-of-the-shop\nand more"), TEAM)
                .getFirst();

        Message back = outbox.waiting(id).orElseThrow().message();
        assertThat(back).isEqualTo(message("the password is " + SecretMask.MASK + "\nand more"));
    }

    @Test
    void anAttemptIsNotedAndTheFirstEndCounts() throws Exception {
        String id = add("a", message("one"), TEAM).getFirst();
        StoredNotification line = outbox.waiting(id).orElseThrow().line();
        Instant next = NOW.plusSeconds(9);
        database.commits()
                .submit(connection -> {
                    outbox.later(
                            connection, line, new Outcome.Later(503, "s3cret-of-the-shop", Optional.empty()), next);
                    return true;
                })
                .join();
        StoredNotification tried = outbox.waiting(id).orElseThrow().line();
        assertThat(tried.attempts()).isEqualTo(1);
        assertThat(tried.status()).isEqualTo(503);
        assertThat(tried.said()).isEqualTo(SecretMask.MASK);
        assertThat(tried.nextAt()).contains(next);

        assertThat(end(tried, State.DELIVERED)).isTrue();
        assertThat(end(tried, State.FAILED)).isFalse();
        assertThat(outbox.waiting(id)).isEmpty();
        assertThat(outbox.list(1).getFirst().state()).isEqualTo(State.DELIVERED);
        assertThat(outbox.list(1).getFirst().attempts()).isEqualTo(2);
    }

    private boolean end(StoredNotification line, State state) {
        return database.commits()
                .submit(connection -> outbox.end(connection, line, state, 200, "said", NOW))
                .join();
    }

    @Test
    void moreThanAThousandThatWaitForOneChannelAreNotSent() throws Exception {
        database.commits()
                .submit(connection -> {
                    for (int i = 0; i < 1_000; i++) {
                        outbox.add(connection, "topic " + i, message("one"), List.of(TEAM), NOW);
                    }
                    return true;
                })
                .join();
        assertThat(add("one more", message("one"), TEAM, OPS)).hasSize(1);
        assertThat(outbox.list(2_000))
                .filteredOn(line -> line.state() == State.FAILED)
                .singleElement()
                .satisfies(line -> assertThat(line.said()).contains("1000 messages wait for this channel"));
    }
}
