package dev.whydunit.step.logquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.step.logquery.PatternMiner.Found;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternMinerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "took 812 ms | took <num> ms",
                "took 812ms, 1.5s, -3% | took <num>ms, <num>s, -<num>%",
                "id 7f3e9c00-aaaa-4bbb-8ccc-0123456789ab ok | id <uuid> ok",
                "from 10.0.0.7:5432 to 10.0.0.8 | from <ip> to <ip>",
                "from fe80::1 to 2001:db8:0:0:0:0:0:1 | from <ip> to <ip>",
                "at 0x7ffd12 commit deadbeef01 | at <hex> commit <hex>",
                "user \"bob \\\"the\\\" x\" said 'no' | user \"<str>\" said '<str>'",
                "can't open John's file | can't open John's file",
                "an \"open quote | an \"open quote",
                "worker-12 blk_3581 node1 http2 | worker-<num> blk_<num> node1 http2",
                "2026-03-10T11:59:00.123Z up | <num>-<num>-<num>T<num>:<num>:<num>Z up",
                "`  two   blanks\tand a tab ` | two blanks and a tab",
                "v1.2.3 done. | v1.<num> done.",
                "größe 12 ✓ | größe <num> ✓"
            })
    void masksWhatVaries(String message, String form) {
        assertThat(MessageMask.of(message)).isEqualTo(form);
    }

    @Test
    void onlyTheFirstLineCounts() {
        assertThat(MessageMask.of("boom\n\tat com.shop.Cart(Cart.java:42)")).isEqualTo("boom");
    }

    @Test
    void aWordThatTakesManyValuesIsAVariable() {
        PatternMiner miner = new PatternMiner();
        for (String name : List.of("ann", "bob", "cid", "dan", "eve")) {
            miner.window("user " + name + " logged in");
            miner.window("user " + name + " logged out");
        }
        miner.window("disk full");
        miner.window("disk slow");
        assertThat(miner.patterns())
                .containsExactlyInAnyOrder(
                        new Found("user <*> logged in", 5, 0),
                        new Found("user <*> logged out", 5, 0),
                        new Found("disk full", 1, 0),
                        new Found("disk slow", 1, 0));
    }

    @Test
    void theOrderOfMessagesDoesNotMatter() {
        List<String> messages = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            messages.add("job " + "abcdefgh".charAt(random.nextInt(8)) + " on " + "uvwxyz".charAt(random.nextInt(6))
                    + " took " + random.nextInt(99) + (random.nextBoolean() ? " ms" : " s"));
        }
        List<Found> expected = patterns(messages);
        assertThat(expected.size()).isLessThanOrEqualTo(4);
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(messages, random);
            assertThat(patterns(messages)).isEqualTo(expected);
        }
    }

    private static List<Found> patterns(List<String> messages) {
        PatternMiner miner = new PatternMiner();
        messages.forEach(miner::window);
        return miner.patterns();
    }

    @Test
    void whatOnlyTheBaselineHasIsNoPatternOfTheWindow() {
        PatternMiner miner = new PatternMiner();
        miner.baseline("gone 1");
        miner.baseline("stays 1");
        miner.window("stays 2");
        miner.window("comes 3");
        assertThat(miner.patterns()).containsExactly(new Found("comes <num>", 1, 0), new Found("stays <num>", 1, 1));
    }

    @Test
    void hostileMessagesAreBounded() {
        PatternMiner miner = new PatternMiner();
        Random random = new Random(5);
        for (int i = 0; i < 12_000; i++) {
            StringBuilder message = new StringBuilder();
            for (int word = 0; word < 30; word++) {
                message.append((char) ('a' + random.nextInt(26)))
                        .append((char) ('a' + random.nextInt(26)))
                        .append(' ');
            }
            miner.window(message.toString());
        }
        assertThat(miner.patterns().stream().mapToLong(Found::window).sum()).isEqualTo(12_000);
        assertThat(MessageMask.of("'".repeat(900) + "\"".repeat(900)).length()).isLessThan(6 * MessageMask.LIMIT);
    }
}
