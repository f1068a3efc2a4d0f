package dev.whydunit.engine;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Finding;
import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.belief.Outcome;
import dev.whydunit.belief.Reading;
import dev.whydunit.belief.Verdict;
import dev.whydunit.belief.Verdicts;
import dev.whydunit.engine.StepState.Phase;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Variables;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.Remedies;
import dev.whydunit.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One execution of a runbook, from trigger to verdict. {@link #run} is called once, on the thread that is to wait for it;
 * {@link #stop} may be called from any thread at any time.
 */
public final class Investigation {
    private sealed interface Message {}

    private record StepOver(String step, StepRun.Result result) implements Message {}

    private record Broken(RuntimeException cause) implements Message {}

    private record Stop() implements Message {}

    private record StopSteps() implements Message {}

    private record Said(Event.ByPerson event) implements Message {}

    private final World world;
    private final Request request;
    private final Recorder recorder;
    private final Scene scene;
    private final HypothesisTree tree;
    private final Map<String, StepState> steps = new LinkedHashMap<>();
    private final Map<String, Pace.Task> running = new LinkedHashMap<>();
    private final Set<String> ruledOut = new LinkedHashSet<>();
    private final Map<String, StepRun> runs = new HashMap<>();
    private final List<Reading> readings = new ArrayList<>();
    private final Pace.Mailbox<Message> messages;
    private final Map<String, Duration> costs = new HashMap<>();
    private final Agenda agenda;
    private final Optional<Earlier> earlier;
    private final boolean more;
    private final Waits waits = new Waits();
    /** The steps that run once the diagnosis is done. */
    private final Set<String> late;

    private Belief belief;
    private Verdict verdict;
    /** The verdict as it stands in the journal. */
    private Optional<Verdict> said = Optional.empty();

    /**
     * Prepares an investigation; nothing happens before {@link #run}.
     *
     * @param journal where its events go
     * @param watcher told of every event after it was added to the journal
     */
    public Investigation(World world, Request request, Journal journal, Watcher watcher) {
        this(world, request, journal, watcher, List.of());
    }

    /**
     * Prepares to go on with an investigation that was cut off: what ended is not done again, a read step that was cut off is, and
     * a step that changes something and was cut off is left to a person.
     *
     * @param before its events so far; with none it is a new one
     */
    public Investigation(World world, Request request, Journal journal, Watcher watcher, List<Event> before) {
        this(world, request, journal, watcher, before, Optional.empty());
    }

    /**
     * Prepares to go on with an investigation that has ended, since a person wants more of it: to look again at some steps, or at
     * whatever is worth it after what they ruled out.
     *
     * @param before all of its events
     * @param again the steps that are looked at again, whatever they would tell
     */
    public static Investigation reopened(
            World world, Request request, Journal journal, Watcher watcher, List<Event> before, Set<String> again) {
        return new Investigation(world, request, journal, watcher, before, Optional.of(again));
    }

    private Investigation(
            World world,
            Request request,
            Journal journal,
            Watcher watcher,
            List<Event> before,
            Optional<Set<String>> more) {
        this.earlier = before.isEmpty() ? Optional.empty() : Optional.of(new Earlier(before));
        this.more = more.isPresent();
        if (earlier.isPresent() && more.isPresent()) {
            earlier.get().askForMore(more.get());
        }
        this.world = world;
        this.request = request;
        this.messages = world.pace().mailbox();
        this.recorder = new Recorder(world.clock(), journal, watcher);
        this.tree = RunbookBelief.tree(request.runbook());
        this.belief = Belief.prior(tree);
        this.verdict = judge();
        this.late = Remedies.late(request.runbook().steps());
        this.agenda = new Agenda(request.runbook().concludeAt(), more.orElse(Set.of()));
        Instant now = world.clock().instant();
        this.scene = new Scene(
                world,
                request,
                earlier.flatMap(Earlier::anchor).or(request::anchor).orElse(now));
        for (Step step : request.runbook().steps().values()) {
            steps.put(
                    step.id(),
                    new StepState(step, kind(step), RunbookBelief.findings(step), new Phase.Waiting(Optional.empty())));
        }
    }

    private StepKind<?> kind(Step step) {
        return world.kinds().stream()
                .filter(kind -> kind.signature().name().equals(step.kind().name()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("step kind " + step.kind().name() + " is not registered"));
    }

    /** Ends the running steps, journals what was seen, and makes {@link #run} return with the verdict so far. */
    public void stop() {
        messages.put(new Stop());
    }

    /** Ends the steps that run now; they are not checked, and it goes on with the others. */
    public void stopSteps() {
        messages.put(new StopSteps());
    }

    /** Keeps what a person says with it. */
    public void note(String by, String text) {
        say(new Event.Noted(now(), by, text));
    }

    /** Keeps what a person says or did, this very object; what they ruled out counts from then on. */
    public void say(Event.ByPerson event) {
        messages.put(new Said(event));
    }

    /**
     * Takes a person's word that a hypothesis is not it.
     *
     * @param hypothesis its path or id
     * @throws IllegalArgumentException when the runbook has no such hypothesis
     */
    public void ruleOut(String by, String hypothesis, String because) {
        say(ruledOut(by, hypothesis, because));
    }

    /**
     * A person's word that a hypothesis is not it, to be {@linkplain #say said}.
     *
     * @param hypothesis its path or id
     * @throws IllegalArgumentException when the runbook has no such hypothesis
     */
    public Event.RuledOut ruledOut(String by, String hypothesis, String because) {
        String path = tree.pathOf(hypothesis);
        return new Event.RuledOut(
                now(), by, path, because, Belief.prior(tree).moved(RunbookBelief.ruledOut(path), Outcome.TRUE));
    }

    /**
     * Executes the runbook.
     *
     * @return how it ended: {@code completed}, {@code interrupted} or {@code out_of_time}
     * @throws JournalFailure when an event cannot be kept
     */
    public String run() {
        Instant started = world.clock().instant();
        boolean judged = false;
        if (earlier.isPresent()) {
            judged = earlier.get().judged();
            restore(earlier.get());
            said = judged ? Optional.of(verdict) : Optional.empty();
        } else {
            recorder.add(scene.started(started, tree, belief));
            recorder.add(new Event.BeliefMoved(started, belief.byPath()));
        }
        recorder.flush();
        // The time that nobody was there does not count.
        String ending = judged && late.isEmpty()
                ? "completed"
                : investigate(started.plus(world.limits().total()));
        closeWaiting(ending, steps.keySet());
        say();
        recorder.add(new Event.Ended(now(), ending));
        recorder.flush();
        return ending;
    }

    /** Writes the verdict down, unless it stands there already. */
    private void say() {
        if (said.filter(verdict::sameAs).isEmpty()) {
            recorder.add(new Event.Judged(
                    now(), new Judgement(request.runbook(), tree, scene.variables(belief)).of(verdict, allFindings())));
            said = Optional.of(verdict);
        }
    }

    /** Brings state and belief to where the journal ends, and says in it how it goes on. */
    private void restore(Earlier journal) {
        List<String> again = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (String step : journal.cutOff()) {
            StepState state = state(step);
            boolean writes =
                    state.step().effect() == Effect.WRITE || state.kind().writes();
            boolean changes = writes && journal.touched(step);
            if (settled(step, journal)) {
                continue;
            }
            (changes ? left : again).add(step);
        }
        recorder.add(new Event.Resumed(now(), again, left));
        for (StepState state : List.copyOf(steps.values())) {
            String step = state.step().id();
            if (left.contains(step)) {
                String why =
                        "was cut off when it may have changed something already; look, and run it again if it has not";
                recorder.add(new Event.StepNotRun(now(), step, StepStatus.DENIED, why));
                takeAgain(state, new StepRun.Result(StepStatus.DENIED, List.of(), why), Map.of());
            } else if (journal.notRun(step).isPresent()) {
                Event.StepNotRun notRun = journal.notRun(step).get();
                if (!journal.began(step)) {
                    steps.put(step, state.in(new Phase.Over(notRun.status())));
                    continue;
                }
                takeAgain(state, new StepRun.Result(notRun.status(), List.of(), notRun.why()), journal.findings(step));
            } else if (!again.contains(step)) {
                sightings(state, journal)
                        .ifPresent(seen -> takeAgain(
                                state, new StepRun.Result(StepRun.overall(seen), seen, ""), journal.findings(step)));
            }
        }
        journal.ruledOut().forEach(this::ruleOut);
        if (!readings.isEmpty() || more) {
            belief = Belief.after(tree, readings);
            recorder.add(new Event.BeliefMoved(now(), belief.byPath()));
        }
        verdict = judge();
        // Its process may have died between a person's word and this.
        for (String step : again) {
            withdrawn(step).ifPresent(why -> world.approvals().withdraw(step, why));
        }
    }

    /** What a person says before it is gone on with counts before anything is chosen. */
    private void hearFirst() throws InterruptedException {
        if (!more) {
            return;
        }
        for (Optional<Message> message = messages.take(Duration.ZERO);
                message.isPresent();
                message = messages.take(Duration.ZERO)) {
            if (message.get() instanceof Said said) {
                hear(said.event());
            }
        }
    }

    private void hear(Event.ByPerson event) {
        recorder.add(event);
        if (event instanceof Event.RuledOut out) {
            ruleOut(out);
            verdict = judge();
            belief = Belief.after(tree, readings);
            recorder.add(new Event.BeliefMoved(now(), belief.byPath()));
        }
        recorder.flush();
        for (String step : running.keySet()) {
            withdrawn(step).ifPresent(Objects.requireNonNull(runs.get(step))::withdraw);
        }
    }

    /** Why what a step has asked leave for is to be taken back; empty when it is not. */
    private Optional<String> withdrawn(String step) {
        StepState state = state(step);
        return state.step()
                .remedies()
                .filter(cause -> !due(state))
                .map(cause -> cause + (isRuledOut(cause) ? " was ruled out" : " is no longer the verdict"));
    }

    /** Whether a person said that it is not this, or nothing of what it is a part of. */
    private boolean isRuledOut(String hypothesis) {
        String path = tree.pathOf(hypothesis);
        return ruledOut.stream().anyMatch(out -> path.equals(out) || path.startsWith(out + "."));
    }

    private void ruleOut(Event.RuledOut out) {
        ruledOut.add(out.hypothesis());
        readings.add(new Reading(RunbookBelief.ruledOut(out.hypothesis()), Outcome.TRUE));
    }

    private boolean settled(String step, Earlier journal) {
        return sightings(state(step), journal).isPresent();
    }

    private Optional<List<StepRun.Sighting>> sightings(StepState state, Earlier journal) {
        try {
            return journal.sightings(state, scene.targets(state.step(), scene.variables(belief)));
        } catch (EvaluationFailure e) {
            // What its targets are depends on a step that is looked at again.
            return Optional.empty();
        }
    }

    private void takeAgain(StepState state, StepRun.Result result, Map<String, Event.FindingRead> known) {
        steps.put(state.step().id(), state.in(new Phase.Over(result.status())));
        List<Reading> read = FindingReader.read(state, result, recorder, belief, known);
        scene.remember(state, result, read);
        readings.addAll(read);
    }

    private String investigate(Instant deadline) {
        try {
            return investigateUntil(deadline);
        } catch (RuntimeException e) {
            // Nobody takes what these would still show.
            running.values().forEach(Pace.Task::interrupt);
            throw e;
        }
    }

    private String investigateUntil(Instant deadline) {
        try {
            hearFirst();
            while (true) {
                launch();
                if (running.isEmpty()) {
                    return "completed";
                }
                // The time in which people were waited for does not count either.
                Duration left = Duration.between(now(), deadline.plus(waits.soFar(now())));
                Optional<Message> message = messages.take(left);
                if (message.isEmpty()) {
                    if (now().isBefore(deadline.plus(waits.soFar(now())))) {
                        continue;
                    }
                    return endRunning("out_of_time");
                }
                switch (message.get()) {
                    case Stop stop -> {
                        return endRunning("interrupted");
                    }
                    case StopSteps stop -> running.values().forEach(Pace.Task::interrupt);
                    case Said said -> hear(said.event());
                    case Broken broken -> throw broken.cause();
                    case StepOver over -> take(over);
                }
            }
        } catch (InterruptedException e) {
            return endRunning("interrupted");
        }
    }

    /** Interrupts what runs and takes what it still says; a step that does not end is left behind. */
    private String endRunning(String ending) {
        running.values().forEach(Pace.Task::interrupt);
        Instant patience = now().plusSeconds(5);
        while (!running.isEmpty()) {
            Optional<Message> message = Optional.empty();
            try {
                Duration left = Duration.between(now(), patience);
                message = left.isPositive() ? messages.take(left) : Optional.empty();
            } catch (InterruptedException e) {
                // A second Ctrl-C: wait no longer.
                patience = now();
            }
            if (message.isPresent()) {
                switch (message.get()) {
                    case StepOver over -> take(over);
                    case Broken broken -> throw broken.cause();
                    case Said said -> hear(said.event());
                    case Stop stop -> {}
                    case StopSteps stop -> {}
                }
            } else {
                for (String step : List.copyOf(running.keySet())) {
                    running.remove(step);
                    steps.computeIfPresent(step, (id, state) -> state.in(new Phase.Over(StepStatus.SKIPPED)));
                    recorder.add(
                            new Event.StepNotRun(now(), step, StepStatus.SKIPPED, "did not end when it was stopped"));
                }
            }
        }
        return ending;
    }

    private void launch() {
        while (running.size() < world.limits().parallelSteps()) {
            Optional<Agenda.Choice> choice = agenda.next(steps.values(), belief, verdict, this::readiness, this::cost);
            if (choice.isEmpty()) {
                break;
            }
            start(choice.get());
        }
        if (running.isEmpty()) {
            remedy();
        }
    }

    /** Nothing is left to look at: the verdict is said, and what remedies it, if anything does, is done; one after the other. */
    private void remedy() {
        Optional<StepState> due = steps.values().stream()
                .filter(state ->
                        state.waiting() && due(state) && readiness(state).isEmpty())
                .findFirst();
        if (due.isPresent()) {
            Set<String> diagnosis = new LinkedHashSet<>(steps.keySet());
            diagnosis.removeAll(late);
            closeWaiting("completed", diagnosis);
            say();
            recorder.flush();
            String cause = due.get().step().remedies().orElse("");
            start(new Agenda.Choice(
                    due.get().step().id(),
                    "it remedies " + cause + ", the cause that was found",
                    0,
                    seconds(due.get())));
        }
    }

    private boolean due(StepState state) {
        return state.step()
                .remedies()
                .filter(verdict.path()::contains)
                .filter(cause -> !isRuledOut(cause))
                .isPresent();
    }

    private double seconds(StepState state) {
        return cost(state).toNanos() / 1e9;
    }

    private void start(Agenda.Choice choice) {
        StepState state = state(choice.step());
        recorder.add(new Event.StepChosen(now(), choice.step(), choice.why(), choice.gainBits(), choice.costSeconds()));
        steps.put(choice.step(), state.in(new Phase.Running()));
        StepRun run = new StepRun(world, recorder, scene, state, waits);
        runs.put(choice.step(), run);
        Variables variables = scene.variables(belief);
        Runnable task = () -> messages.put(message(choice.step(), run, variables));
        running.put(choice.step(), world.pace().start("investigate " + choice.step(), task));
    }

    private StepState state(String step) {
        return Objects.requireNonNull(steps.get(step), step);
    }

    /** A step's own failure is a result; what is thrown is ours, such as a journal that cannot be written. */
    private static Message message(String step, StepRun run, Variables variables) {
        try {
            return new StepOver(step, run.run(variables));
        } catch (RuntimeException e) {
            return new Broken(e);
        }
    }

    /** Why a step may not run now; empty when it may. */
    private Optional<String> readiness(StepState state) {
        for (String need : state.step().needs()) {
            StepState needed = steps.get(need);
            if (needed != null && !needed.over()) {
                return Optional.of("needs " + need + ", which was not run");
            }
        }
        return scene.obstacle(state.step(), belief);
    }

    /** Asked again for every free slot, and the same all along once the steps that it needs are over. */
    private Duration cost(StepState state) {
        return costs.computeIfAbsent(state.step().id(), step -> scene.cost(state, belief, request.medianSeconds()));
    }

    private void take(StepOver over) {
        running.remove(over.step());
        StepState state = state(over.step());
        steps.put(over.step(), state.in(new Phase.Over(over.result().status())));
        List<Reading> read = FindingReader.read(state, over.result(), recorder, belief);
        scene.remember(state, over.result(), read);
        if (read.isEmpty()) {
            return;
        }
        readings.addAll(read);
        verdict = judge();
        if (read.stream().anyMatch(reading -> reading.outcome() != Outcome.UNKNOWN)) {
            belief = Belief.after(tree, readings);
            recorder.add(new Event.BeliefMoved(now(), belief.byPath()));
        }
    }

    private Verdict judge() {
        return Verdicts.judge(tree, readings, request.runbook().concludeAt());
    }

    private List<Finding> allFindings() {
        return steps.values().stream()
                .flatMap(state -> state.findings().stream())
                .toList();
    }

    private void closeWaiting(String ending, Set<String> which) {
        List<StepState> waiting = steps.values().stream()
                .filter(state -> state.waiting() && which.contains(state.step().id()))
                .toList();
        // All reasons first: a step that is closed here counts as over, and would seem to clear the way for the next.
        List<Event.StepNotRun> closing =
                waiting.stream().map(state -> notRun(state, ending, verdict)).toList();
        for (Event.StepNotRun event : closing) {
            steps.put(event.step(), state(event.step()).in(new Phase.Over(event.status())));
            recorder.add(event);
        }
    }

    private Event.StepNotRun notRun(StepState state, String ending, Verdict verdict) {
        String step = state.step().id();
        if (ending.equals("interrupted")) {
            return new Event.StepNotRun(
                    now(), step, StepStatus.SKIPPED, "the investigation was stopped before its turn");
        }
        if (ending.equals("out_of_time")) {
            String limit = Seconds.text(world.limits().total());
            return new Event.StepNotRun(now(), step, StepStatus.SKIPPED, "no time was left of " + limit);
        }
        Optional<String> cause = state.step().remedies();
        if (cause.isPresent() && !due(state)) {
            return new Event.StepNotRun(
                    now(),
                    step,
                    StepStatus.NOT_NEEDED,
                    "it remedies " + cause.get() + ", which "
                            + (isRuledOut(cause.get()) ? "was ruled out" : "is not the verdict"));
        }
        Optional<String> clear = agenda.notNeeded(state, belief, verdict, cost(state));
        return clear.isPresent()
                ? new Event.StepNotRun(now(), step, StepStatus.NOT_NEEDED, clear.get())
                : new Event.StepNotRun(
                        now(), step, StepStatus.SKIPPED, readiness(state).orElse("its turn never came"));
    }

    private Instant now() {
        return world.clock().instant();
    }
}
