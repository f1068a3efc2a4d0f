package dev.whydunit.running;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Watcher;
import dev.whydunit.journal.EventJson;
import dev.whydunit.masking.SecretMask;

/** Takes secrets out of what is shown while an investigation runs, as they are out of what is stored. */
public final class MaskedWatcher implements Watcher {
    private final Watcher shown;
    private final SecretMask mask;
    private final JournalMask events;

    /** @param shown told without secrets */
    public MaskedWatcher(Watcher shown, SecretMask mask) {
        this.shown = shown;
        this.mask = mask;
        this.events = new JournalMask(() -> mask);
    }

    /** Any event, whatever text is in it: as the journal has it. */
    @Override
    public void event(Event event) {
        String json = EventJson.write(event);
        String masked = events.apply(json);
        shown.event(masked.equals(json) ? event : EventJson.read(masked));
    }

    @Override
    public void progress(String step, String line) {
        shown.progress(step, mask.text(line));
    }
}
