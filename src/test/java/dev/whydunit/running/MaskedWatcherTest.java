package dev.whydunit.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.engine.Watcher;
import dev.whydunit.masking.SecretMask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaskedWatcherTest {
    private static final String SECRET = "s3cr3t+value";

    @Test
    void whatIsShownWhileItRunsHoldsNoSecret() {
        List<String> shown = new ArrayList<>();
        Watcher watcher = new MaskedWatcher(
                new Watcher() {
                    @Override
                    public void event(Event event) {
                        shown.add(event.toString());
                    }

                    @Override
                    public void progress(String step, String line) {
                        shown.add(line);
                    }
                },
                new SecretMask(List.of(SECRET)));
        String text = "with " + SECRET + " in it";
        watcher.progress("look", text);
        watcher.event(new Event.StepStarted(Instant.EPOCH, "look", Optional.of(text), "log_query", text, 1));
        watcher.event(new Event.StepEnded(
                Instant.EPOCH,
                "look",
                Optional.of(text),
                StepStatus.FAILED,
                1,
                text,
                Map.of(),
                false,
                List.of(),
                List.of(text),
                Optional.of(text),
                Optional.of(text)));
        watcher.event(new Event.FindingRead(Instant.EPOCH, "look", "odd", "true", text, Map.of(), Optional.of(text)));
        watcher.event(new Event.Noted(Instant.EPOCH, "me", text));
        watcher.event(new Event.Approval(Instant.EPOCH, "look", text, true, "me"));
        assertThat(shown).hasSize(6).allMatch(line -> line.contains(SecretMask.MASK) && !line.contains(SECRET));
    }
}
