package dev.whydunit.journal;

import dev.whydunit.engine.Event;
import java.nio.file.Path;
import java.time.Instant;

/** A process that writes events until it is killed, and says after each flush how many are kept. */
final class JournalCrash {
    private JournalCrash() {}

    public static void main(String[] arguments) {
        try (JournalStore store = JournalStore.open(Path.of(arguments[0]));
                JournalWriter writer = store.begin("crash")) {
            writer.append(JournalEvents.started("crash", Instant.now()));
            for (int kept = 1; ; kept++) {
                writer.flush();
                System.out.println(kept);
                writer.append(new Event.StepChosen(Instant.now(), "step" + kept, "why", 0.1, 1));
            }
        }
    }
}
