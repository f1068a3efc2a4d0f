package dev.whydunit.running;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Watcher;
import dev.whydunit.masking.SecretMask;

/** Takes secrets out of what is shown while an investigation runs, as they are out of what is stored. */
public final class MaskedWatcher implements Watcher {
    private final Watcher shown;
    private final SecretMask mask;

    /** @param shown told without secrets */
    public MaskedWatcher(Watcher shown, SecretMask mask) {
        this.shown = shown;
        this.mask = mask;
    }

    @Override
    public void event(Event event) {
        shown.event(
                switch (event) {
                    case Event.StepStarted step ->
                        new Event.StepStarted(
                                step.at(),
                                step.step(),
                                step.target().map(mask::text),
                                step.kind(),
                                mask.text(step.query()),
                                step.attempt());
                    case Event.StepEnded step ->
                        new Event.StepEnded(
                                step.at(),
                                step.step(),
                                step.target().map(mask::text),
                                step.status(),
                                step.seconds(),
                                mask.text(step.query()),
                                step.result(),
                                step.hasData(),
                                step.artifacts(),
                                step.caveats().stream().map(mask::text).toList(),
                                step.error().map(mask::text),
                                step.help().map(mask::text));
                    case Event.FindingRead read ->
                        new Event.FindingRead(
                                read.at(),
                                read.step(),
                                read.finding(),
                                read.outcome(),
                                mask.text(read.says()),
                                read.moved(),
                                read.target().map(mask::text));
                    case Event.Approval approval ->
                        new Event.Approval(
                                approval.at(),
                                approval.step(),
                                mask.text(approval.command()),
                                approval.granted(),
                                approval.by());
                    default -> event;
                });
    }

    @Override
    public void progress(String step, String line) {
        shown.progress(step, mask.text(line));
    }
}
