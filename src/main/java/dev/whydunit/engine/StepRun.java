package dev.whydunit.engine;

import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Values;
import dev.whydunit.expression.Variables;
import dev.whydunit.runbook.BindFailure;
import dev.whydunit.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs one step on all its targets, with its retries, and journals each. */
final class StepRun {
    private static final String STOPPED = "the step was stopped";
    /** Targets of one step that are looked at at once. */
    private static final int PARALLEL_TARGETS = 8;

    /**
     * What one target showed.
     *
     * @param open whether there was nothing to look at where something was expected: findings are then unknown
     * @param variables what expressions see there, the result included when there is one
     */
    record Sighting(Target target, Observation observation, boolean open, Variables variables) {}

    /** What a step came to on all its targets. Empty sightings: it could not even begin, and {@code why} says so. */
    record Result(StepStatus status, List<Sighting> sightings, String why) {}

    private final World world;
    private final Recorder recorder;
    private final Scene scene;
    private final StepState state;
    private final Step step;
    private final Waits waits;
    private volatile Optional<String> withdrawn = Optional.empty();

    StepRun(World world, Recorder recorder, Scene scene, StepState state, Waits waits) {
        this.world = world;
        this.recorder = recorder;
        this.scene = scene;
        this.state = state;
        this.step = state.step();
        this.waits = waits;
    }

    /** Never throws for what a step does wrong: that is a result. */
    Result run(Variables variables) {
        List<Target> targets;
        try {
            targets = scene.targets(step, variables);
        } catch (EvaluationFailure e) {
            return notRun(StepStatus.SKIPPED, BoundedObservation.message(e));
        }
        if (targets.isEmpty()) {
            return notRun(StepStatus.SKIPPED, "there is nothing to run it on: its list is empty");
        }
        List<Sighting> sightings =
                targets.size() == 1 ? List.of(look(targets.getFirst(), state.kind())) : lookAtAll(targets);
        return new Result(overall(sightings), sightings, "");
    }

    private Result notRun(StepStatus status, String why) {
        recorder.add(new Event.StepNotRun(now(), step.id(), status, why));
        return new Result(status, List.of(), why);
    }

    private List<Sighting> lookAtAll(List<Target> targets) {
        List<Supplier<Sighting>> looks = targets.stream()
                .<Supplier<Sighting>>map(target -> () -> look(target, state.kind()))
                .toList();
        return world.pace().all(looks, PARALLEL_TARGETS);
    }

    private <P extends Record> Sighting look(Target target, StepKind<P> kind) {
        Instant begun = now();
        String query = "";
        Observation observation;
        boolean open = false;
        try {
            Optional<Unseen> unreachable = scene.unreachable(step, target);
            if (unreachable.isPresent()) {
                observation = unreachable.get();
            } else {
                P parameters = step.parameters().bind(parameterType(kind), target.variables());
                query = kind.rendered(parameters);
                observation = permitted(kind, parameters, target, query);
                open = observation instanceof Seen seen
                        && !seen.hasData()
                        && step.expectData().orElse(kind.expectsData(parameters));
            }
        } catch (EvaluationFailure | BindFailure e) {
            observation = new Unseen(Cause.FAILED, BoundedObservation.message(e), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            observation = new Unseen(Cause.FAILED, "was stopped", "");
        }
        recorder.add(ended(target, begun, query, observation));
        return new Sighting(target, observation, open, withResult(target, observation));
    }

    /** Policy is asked before a person is: nobody is to be talked into what it denies. */
    private <P extends Record> Observation permitted(StepKind<P> kind, P parameters, Target target, String query)
            throws InterruptedException {
        Permissions.Deed deed = scene.deed(step, kind, parameters, target);
        return switch (world.permissions().decide(deed)) {
            case Permissions.Denied denied -> new Unseen(Cause.DENIED, denied.why() + " (" + denied.line() + ")", "");
            case Permissions.Allowed allowed -> attempts(kind, parameters, target, query, deed.writes(), allowed);
        };
    }

    private <P extends Record> Observation attempts(
            StepKind<P> kind, P parameters, Target target, String query, boolean writes, Permissions.Allowed allowed)
            throws InterruptedException {
        Duration wait = step.retry().wait_();
        int attempt = 1;
        while (true) {
            Optional<String> approvedBy = Optional.empty();
            if (writes || step.approval()) {
                Approvals.Answer answer = ask(new Approvals.Wish(
                        step.id(),
                        target.label(),
                        query,
                        attempt,
                        kind.undo(parameters),
                        allowed.approvers(),
                        allowed.expires()));
                if (answer.withdrawn().isPresent()) {
                    return new Unseen(
                            Cause.DENIED,
                            "its question was withdrawn: " + answer.withdrawn().get(),
                            "");
                }
                if (!answer.granted()) {
                    return new Unseen(
                            Cause.DENIED,
                            "needs approval, which " + answer.by() + " gave",
                            "run it where somebody can approve it");
                }
                approvedBy = Optional.of(answer.by());
            }
            recorder.add(new Event.StepStarted(
                    now(), step.id(), target.label(), kind.signature().name(), query, attempt));
            if (writes) {
                // Were it cut off now, the journal must say that it may have been done.
                recorder.flush();
            }
            Duration limit = limit(kind);
            Observation observation = BoundedObservation.observe(
                    world.pace(),
                    kind,
                    parameters,
                    new Context(
                            step.id(),
                            target.label(),
                            world,
                            recorder,
                            scene.anchor(),
                            scene.commands(step, target),
                            approvedBy,
                            limit),
                    limit,
                    step.id());
            boolean again = observation instanceof Unseen unseen
                    && unseen.cause() != Cause.DENIED
                    && attempt <= step.retry().times();
            if (!again) {
                return observation;
            }
            world.pace().sleep(wait);
            wait = Duration.ofMillis((long) (wait.toMillis() * step.retry().backoff()));
            attempt++;
        }
    }

    /** Takes back what it asks and may still ask; what a person has allowed and that has begun goes on. */
    void withdraw(String why) {
        withdrawn = Optional.of(why);
        world.approvals().withdraw(step.id(), why);
    }

    /** The question and the answer are in the journal before anything is done. */
    private Approvals.Answer ask(Approvals.Wish wish) throws InterruptedException {
        recorder.flush();
        Approvals.Answer answer = answer(wish);
        recorder.add(
                answer.withdrawn().isPresent()
                        ? new Event.ApprovalWithdrawn(
                                now(),
                                step.id(),
                                wish.command(),
                                answer.withdrawn().get())
                        : new Event.Approval(now(), step.id(), wish.command(), answer.granted(), answer.by()));
        recorder.flush();
        return answer;
    }

    private Approvals.Answer answer(Approvals.Wish wish) throws InterruptedException {
        if (withdrawn.isPresent()) {
            return Approvals.Answer.withdrawn(withdrawn.get());
        }
        waits.begin(now());
        try {
            Approvals.Answer answer = world.approvals().ask(wish);
            // An answer may cross what takes the question back.
            return withdrawn.map(Approvals.Answer::withdrawn).orElse(answer);
        } catch (InterruptedException e) {
            // In the journal first: one whose investigation is another's by now fails there, and the question stays for
            // that one.
            recorder.add(new Event.ApprovalWithdrawn(now(), step.id(), wish.command(), STOPPED));
            recorder.flush();
            withdraw(STOPPED);
            throw e;
        } finally {
            waits.end(now());
        }
    }

    private Duration limit(StepKind<?> kind) {
        Duration asked = step.timeout().orElse(kind.signature().timeout());
        Duration most = world.limits().stepTimeout();
        return asked.compareTo(most) > 0 ? most : asked;
    }

    @SuppressWarnings("unchecked") // The registry pairs each kind with the parameters that its signature names.
    private static <P extends Record> Class<P> parameterType(StepKind<P> kind) {
        return (Class<P>) kind.signature().parameters();
    }

    private Event.StepEnded ended(Target target, Instant begun, String query, Observation observation) {
        Instant now = now();
        double seconds = Duration.between(begun, now).toNanos() / 1e9;
        return switch (observation) {
            case Seen seen ->
                new Event.StepEnded(
                        now,
                        step.id(),
                        target.label(),
                        StepStatus.ENDED,
                        seconds,
                        query,
                        PlainData.of(seen.result()),
                        seen.hasData(),
                        seen.artifacts(),
                        seen.caveats(),
                        Optional.empty(),
                        Optional.empty());
            case Unseen unseen ->
                new Event.StepEnded(
                        now,
                        step.id(),
                        target.label(),
                        status(unseen.cause()),
                        seconds,
                        query,
                        Map.of(),
                        false,
                        List.of(),
                        List.of(),
                        Optional.of(unseen.why()),
                        Optional.of(unseen.help()).filter(help -> !help.isBlank()));
        };
    }

    private static StepStatus status(Cause cause) {
        return switch (cause) {
            case FAILED, UNREACHABLE -> StepStatus.FAILED;
            case TIMED_OUT -> StepStatus.TIMED_OUT;
            case DENIED -> StepStatus.DENIED;
        };
    }

    static Variables withResult(Target target, Observation observation) {
        return switch (observation) {
            case Seen seen -> target.variables().with(Values.of(seen.result()));
            case Unseen unseen -> target.variables();
        };
    }

    /** Seen anywhere is seen; otherwise the first reason. */
    static StepStatus overall(List<Sighting> sightings) {
        Optional<StepStatus> first = Optional.empty();
        for (Sighting sighting : sightings) {
            switch (sighting.observation()) {
                case Seen seen -> {
                    return StepStatus.ENDED;
                }
                case Unseen unseen -> first = first.or(() -> Optional.of(status(unseen.cause())));
            }
        }
        return first.orElse(StepStatus.FAILED);
    }

    private Instant now() {
        return world.clock().instant();
    }
}
