package dev.whydunit.cases;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlNode.Scalar;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A case as its author writes it: what the reader binds first. */
@About("A case of a runbook: what an investigation is given and sees, and what it should come to.")
record CaseDocument(
        @About(value = "What it is about, in a few words.", example = "A release brought a slow statement")
        Scalar case_,

        @About("More about it, for people.") @Default("") String about,

        @About("The id of its runbook, where its folder does not say it.")
        Optional<String> runbook,

        @About(value = "The moment that it begins at.", example = "2026-01-15T12:00:00Z")
        @Default("2026-01-01T12:00:00Z")
        Instant now,

        @About("The environment's name.") @Default("default")
        String environment,

        @About("The alert that began it; a person at a prompt began it when this is left out.")
        Optional<AlertDocument> alert,

        @About("Values of the runbook's inputs, as on the command line.")
        List<Keyed<YamlNode>> inputs,

        @About("The service catalogue's entry for the service.")
        Map<String, Object> service,

        @About("What expressions read of a host.") Optional<HostDocument> host,

        @About("What steps took before, as durations or numbers of seconds: it bears on their order.")
        List<Keyed<Scalar>> costs,

        @About("Steps that run at once.") @Default("4") int parallel,

        @About(
                "What each step sees: the key of each is the step's id. A step that is not here sees nothing: its findings are unknown.")
        List<Keyed<ObservationDocument>> observations,

        @About("What it should come to.") Optional<ExpectationsDocument> expect) {

    /** An alert. */
    @About("An alert, as expressions read it.")
    record AlertDocument(
            @About("Its labels.") Map<String, String> labels,
            @About("Its annotations.") Map<String, String> annotations,

            @About("When it began; the moment that the case begins at when it is left out.")
            Optional<Instant> startsAt,

            @About("firing or resolved.") @Default("firing") String status) {}

    /** A host. */
    @About("What expressions read of a host.")
    record HostDocument(
            @About("Its name.") @Default("here") String name,

            @About("Processors.") @Default("4") long cpus,

            @About("Memory in bytes.") @Default("8589934592")
            long memory) {}

    /** What a step sees. */
    @About("What a step sees: one of result, error, timed_out, denied and targets.")
    record ObservationDocument(
            @About("The result of the step's kind, as findings read it. Fields may be left out.")
            Optional<YamlNode.Mapping> result,

            @About(
                    "empty says that what the result does not give is zero or empty indeed; without it a finding that reads such a field is reported.")
            Optional<Scalar> rest,

            @About("Why it failed.") Optional<String> error,

            @About("true, or in which words it ran out of time.")
            Optional<Scalar> timedOut,

            @About("true, or who or what denied it.") Optional<Scalar> denied,

            @About("That there was nothing to look at.") @Default("false")
            boolean noData,

            @About(
                    value =
                            "How long it takes: a duration, or a number of seconds. What it is expected to take when this is left out.",
                    example = "250ms")
            Optional<Scalar> took,

            @About("What weakens the observation.") List<String> caveats,
            @About("Files that were kept.") List<ArtifactDocument> artifacts,

            @About("What it sees on each host, or for each item, where there are several.")
            List<Keyed<ObservationDocument>> targets) {}

    /** A file. */
    @About("A file that a step kept.")
    record ArtifactDocument(
            @About("Its name.") String name,
            @About("Its size.") long bytes,
            @About("The SHA-256 of its content.") String sha256) {}

    /** What it should come to. */
    @About("What the case should come to; what is left out may be anything.")
    record ExpectationsDocument(
            @About("concluded, narrowed, inconclusive or symptom_absent.")
            Optional<Scalar> verdict,

            @About(value = "The verdict's path.", example = "database.slow_query")
            Optional<Scalar> path,

            @About(
                    value = "The probability of hypotheses: a number (give or take 0.005) or a range.",
                    example = "{slow_query: 0.95..1}")
            List<Keyed<Scalar>> probability,

            @About(value = "Outcomes of findings: true, false or unknown.", example = "{wire.loss: false}")
            List<Keyed<Scalar>> findings,

            @About("Steps that are run.") Optional<Scalars> run,
            @About("Steps that are not run.") Optional<Scalars> notRun,

            @About("Steps that are begun in this order, others between them or not.")
            Optional<Scalars> order,

            @About("Hypotheses that are listed as contributing as well.")
            Optional<Scalars> alsoFound,

            @About(value = "The longest time that it may take, by the case's clock.", example = "30s")
            Optional<Scalar> within,

            @About("How many steps may be run at most.") Optional<Scalar> mostSteps) {}
}
