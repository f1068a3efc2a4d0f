package dev.whydunit.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fires, against a plain map, by random steps. */
class FiringTest {
    private static final List<String> SERVICES = List.of("", "cart", "db", "shop");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itIsWhatAMapWouldBe(long seed) {
        Random random = new Random(seed);
        Map<String, String> expected = new TreeMap<>();
        Firing firing = Firing.NOTHING;
        for (int i = 0; i < 500; i++) {
            String fingerprint = "f" + random.nextInt(40);
            if (random.nextInt(5) < 3) {
                String service = SERVICES.get(random.nextInt(SERVICES.size()));
                firing = firing.with(fingerprint, service);
                expected.put(fingerprint, service);
            } else {
                firing = firing.without(fingerprint);
                expected.remove(fingerprint);
            }
            assertThat(firing.alerts()).containsExactlyEntriesOf(expected);
            assertThat(firing.has(fingerprint)).isEqualTo(expected.containsKey(fingerprint));
            Set<String> services = new TreeSet<>(expected.values());
            services.remove("");
            assertThat(firing.services()).containsExactlyElementsOf(services);
            assertThat(firing).isEqualTo(Firing.of(expected)).hasSameHashCodeAs(Firing.of(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatBecameOfItMakesTheOneOfTheOther(long seed) {
        Random random = new Random(seed);
        Firing before = some(random);
        for (int i = 0; i < 100; i++) {
            Firing after = some(random);
            Set<String> touched = new TreeSet<>(before.fingerprints());
            touched.addAll(after.fingerprints());
            touched.add("neither");
            Firing.Change change = after.since(before, touched);
            Map<String, String> made = new TreeMap<>(before.alerts());
            assertThat(made.keySet()).containsAll(change.ended());
            assertThat(change.begun())
                    .allSatisfy((fingerprint, service) ->
                            assertThat(made.get(fingerprint)).isNotEqualTo(service));
            change.ended().forEach(made::remove);
            made.putAll(change.begun());
            assertThat(made).containsExactlyEntriesOf(after.alerts());
            before = after;
        }
    }

    private static Firing some(Random random) {
        Firing firing = Firing.NOTHING;
        int number = random.nextInt(20);
        for (int i = 0; i < number; i++) {
            firing = firing.with("f" + random.nextInt(30), SERVICES.get(random.nextInt(SERVICES.size())));
        }
        return firing;
    }
}
