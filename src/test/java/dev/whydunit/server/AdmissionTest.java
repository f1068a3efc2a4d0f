package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Admission admission = new Admission(() -> {});
    private final List<Integer> entered = new CopyOnWriteArrayList<>();
    private final List<Thread> waiting = new ArrayList<>();

    /** Fills every place. */
    private List<Admission.Place> full() throws InterruptedException {
        List<Admission.Place> places = new ArrayList<>();
        int all = admission.room() / 2;
        for (int i = 0; i < all; i++) {
            places.add(admission.enter(1));
        }
        return places;
    }

    private void stands(int priority) {
        int before = admission.room();
        waiting.add(Thread.ofVirtual().start(() -> {
            try (Admission.Place place = admission.enter(priority)) {
                assertThat(place).isNotNull();
                entered.add(priority);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        await().atMost(SOON).until(() -> admission.room() == before - 1 || admission.room() == 0);
    }

    @Test
    void whoIsMostCriticalComesFirstHoweverLongOthersHaveWaited() throws Exception {
        List<Admission.Place> places = full();
        for (int priority : new int[] {10, 30, 10, 60, 20}) {
            stands(priority);
        }
        places.getFirst().close();
        await().atMost(SOON).until(() -> entered.size() == 5);
        assertThat(entered).containsExactly(60, 30, 20, 10, 10);
    }

    @Test
    void whoGivesUpTakesNobodysPlace() throws Exception {
        List<Admission.Place> places = full();
        int room = admission.room();
        stands(60);
        stands(10);
        waiting.getFirst().interrupt();
        assertThat(waiting.getFirst().join(SOON)).isTrue();
        assertThat(admission.room()).isEqualTo(room - 1);
        places.getFirst().close();
        await().atMost(SOON).until(() -> entered.size() == 1);
        assertThat(entered).containsExactly(10);
        places.forEach(Admission.Place::close);
        await().atMost(SOON).until(() -> admission.room() == 2 * places.size());
        full();
    }
}
