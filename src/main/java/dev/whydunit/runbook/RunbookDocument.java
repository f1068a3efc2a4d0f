package dev.whydunit.runbook;

import dev.whydunit.belief.Sensitivity;
import dev.whydunit.belief.Strength;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Rest;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlNode.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A runbook as its author writes it: what the parser binds first, and what the JSON Schema is made from. */
@About("A troubleshooting runbook: a symptom, the causes that it may have, and the steps that tell them apart.")
record RunbookDocument(
        @About(value = "Its id, in snake_case: what commands call it.", example = "web_slowdown")
        Scalar runbook,

        @About(value = "What it is for, in a few words.", example = "Web application is slow")
        String title,

        @About(value = "What it is for, in a sentence or two.", example = "Users wait for pages; nothing is down.")
        @Default("")
        String about,

        @About(value = "The version of this runbook.", example = "1.0.0") @Default("")
        String version,

        @About(value = "Who keeps it up to date.", example = "team-shop") @Default("")
        String owner,

        @About(value = "Words to find it by.", example = "[web, latency]")
        List<String> tags,

        @About(
                value = "What is wrong, in one sentence; the title when it is left out. May hold ${{ }}.",
                example = "p95 latency of ${{ inputs.service }} is above ${{ inputs.objective }}")
        Optional<Scalar> symptom,

        @About(
                value = "What would be right. May hold ${{ }}.",
                example = "p95 latency stays below ${{ inputs.objective }}")
        Optional<Scalar> expected,

        @About(value = "Alerts that start it.", example = "[{matchers: ['alertname=\"HighLatency\"']}]")
        List<TriggerDocument> triggers,

        @About(
                value = "The values that it begins with.",
                example = "{service: {type: string, from: alert.labels.service}}")
        List<Keyed<InputDocument>> inputs,

        @About(
                value =
                        "The prior probability that the cause is none of the hypotheses, 0.05 to 0.95; 0.25 when it is left out.",
                example = "0.25")
        Optional<Double> otherCause,

        @About(
                value =
                        "The probability from which a hypothesis is the verdict, above 0.5 and below 1; 0.8 when it is left out.",
                example = "0.8")
        Optional<Double> concludeAt,

        @About(
                value = "The causes that it knows, as a tree: the key of each is its id.",
                example = "{overload: {claim: The host has no CPU left, prior: common}}")
        List<Keyed<HypothesisDocument>> hypotheses,

        @About(
                value = "What it does to tell them apart: the key of each is its id.",
                example = "{load: {host_command: {run: [cat, /proc/loadavg]}, findings: {}}}")
        List<Keyed<StepDocument>> steps) {

    /** What starts it. */
    @About("An alert that meets every matcher starts the runbook.")
    record TriggerDocument(
            @About(
                    value = "Conditions on the alert's labels, as Alertmanager writes them.",
                    example = "['alertname=\"HighLatency\"']")
            List<Scalar> matchers) {}

    /** An input. */
    @About("A value that an investigation begins with.")
    record InputDocument(
            @About("What kind of value it is.") @Default("string")
            InputType type,

            @About(value = "Its value when none is given; without it a value must be given.", example = "15m")
            Optional<YamlNode> default_,

            @About(value = "Where an alert has it.", example = "alert.labels.service")
            Optional<Scalar> from,

            @About(value = "What it means, for the person who is asked for it.", example = "The service that is slow")
            @Default("")
            String about,

            @About(value = "The only values allowed.", example = "[shop, cart]")
            List<YamlNode> choices) {}

    /** A hypothesis. */
    @About("A candidate cause.")
    record HypothesisDocument(
            @About(
                    value = "What it claims, as a sentence without a full stop.",
                    example = "The database answers slowly")
            String claim,

            @About(
                    value =
                            "How often it is the cause among its siblings: common, occasional (the default), rare, or a positive number.",
                    example = "common")
            Optional<Scalar> prior,

            @About(value = "What to do about it. May hold ${{ }}.", example = "Add the index that the plan misses.")
            Optional<Scalar> remedy,

            @About(
                    value = "What keeps it from happening again. May hold ${{ }}.",
                    example = "Alert on run-queue length, not only on CPU use.")
            Optional<Scalar> prevention,

            @About(
                    value = "Deeper causes of it: the key of each is its id.",
                    example = "{slow_query: {claim: One query reads far more rows than it returns}}")
            List<Keyed<HypothesisDocument>> why) {}

    /** A step. */
    @About("One diagnostic action. Besides these keys it has exactly one more: its kind, with the kind's parameters.")
    record StepDocument(
            @About(value = "What it asks, in a few words.", example = "Is it slow, and since when?")
            Optional<String> title,

            @About(
                    value =
                            "Steps that must have ended before it. A step whose steps.ID it reads is needed without being named.",
                    example = "[sessions]")
            Optional<Scalars> needs,

            @About(
                    value = "A CEL expression: it runs only while this is true.",
                    example = "probability(\"slow_query\") > 0.5")
            Optional<Scalar> if_,

            @About(
                    value =
                            "A CEL expression that gives a list, or a list of texts: it runs once for each, which expressions read as each.",
                    example = "'[\"shop\", \"cart\"]'")
            Optional<YamlNode> forEach,

            @About(
                    value = "Hosts that it runs on, once each: names, or ${{ }} that gives a name or a list of names.",
                    example = "'${{ service.hosts }}'")
            Optional<Scalars> hosts,

            @About(value = "The time limit of one attempt; the kind's when it is left out.", example = "30s")
            Optional<Duration> timeout,

            @About(
                    value = "How a failed attempt is made again; it is not when this is left out.",
                    example = "{times: 2, wait: 1s}")
            Optional<Retry> retry,

            @About(value = "Whether nothing to look at makes its findings unknown instead of false.", example = "true")
            Optional<Boolean> expectData,

            @About(
                    value =
                            "How long it is expected to take; what was measured before, or the kind's, when it is left out.",
                    example = "20s")
            Optional<Duration> cost,

            @About(
                    value =
                            "Whether it only reads or writes, that is, changes something; the kind's when it is left out.",
                    example = "read")
            Optional<Effect> effect,

            @About("Whether it asks before it runs even though it only reads.") @Default("false")
            boolean approval,

            @About("Whether it runs even when the verdict is clear.") @Default("false")
            boolean always,

            @About(
                    value =
                            "Named values made from its result by CEL expressions; later steps read them as steps.ID.outputs.NAME.",
                    example = "{worst: 'series[0].labels[\"host\"]'}")
            List<Keyed<Scalar>> outputs,

            @About(
                    value = "What its result says: the key of each is its id.",
                    example = "{high: {when: last > 0.3, supports: {overload: strong}}}")
            List<Keyed<FindingDocument>> findings,

            @About("Its kind.") @Rest List<Keyed<YamlNode>> kind) {}

    /** What a finding that is false says. */
    enum IfFalse {
        COUNT,
        IGNORE
    }

    /** A finding. */
    @About("A yes/no reading of what the step saw.")
    record FindingDocument(
            @About(value = "A CEL expression over the step's result.", example = "last > double(inputs.objective)")
            Scalar when,

            @About(
                    value = "What it means when it is true, in one sentence with the numbers in it.",
                    example = "'p95 is ${{ last }} s'")
            Optional<Scalar> says,

            @About(value = "The hypotheses that it speaks for, and how strongly.", example = "{overload: strong}")
            List<Keyed<Strength>> supports,

            @About(value = "The hypotheses that it speaks against, and how strongly.", example = "{network: moderate}")
            List<Keyed<Strength>> refutes,

            @About("How surely a cause that it supports shows it.") @Default("usually")
            Sensitivity shows,

            @About("Whether its being false counts as evidence too.") @Default("count")
            IfFalse ifFalse,

            @About(
                    value =
                            "Findings of one group are one signal and count once; the step's own group when it is left out.",
                    example = "cpu")
            Optional<String> group,

            @About("Whether it confirms the problem itself: false means that nothing is wrong now.") @Default("false")
            boolean symptom) {}
}
