package dev.whydunit.runbook;

import dev.whydunit.expression.Expression;
import dev.whydunit.yaml.Position;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One diagnostic action.
 *
 * @param title for people; the id where the author gave none
 * @param needs ids of the steps that must have ended before it: those that the author named, and those whose
 *     {@code steps.ID} one of its expressions reads
 * @param condition of type bool; it runs only while this is true
 * @param forEach a list; it runs once for each item, which expressions read as {@code each}
 * @param hosts it runs once on each
 * @param timeout of one attempt; empty for the kind's
 * @param expectData whether nothing to look at makes its findings unknown; empty for the kind's answer
 * @param cost expected time; empty where the author says none
 * @param approval whether it asks before it runs even though it only reads
 * @param always whether it runs even when the verdict is clear
 * @param remedies the id of the hypothesis that it is a remedy for; such a step is due once the verdict is that hypothesis, and tells nothing
 * @param outputs named values that later steps read as {@code steps.ID.outputs.NAME}
 * @param findings in the order of the file
 */
public record Step(
        String id,
        Position position,
        String title,
        KindSignature kind,
        Parameters parameters,
        List<String> needs,
        Optional<Expression> condition,
        Optional<Expression> forEach,
        Optional<StepHosts> hosts,
        Optional<Duration> timeout,
        Retry retry,
        Optional<Boolean> expectData,
        Optional<Duration> cost,
        Effect effect,
        boolean approval,
        boolean always,
        Optional<String> remedies,
        Map<String, Expression> outputs,
        List<Finding> findings) {
    /** Keeps its own copies of the collections. */
    public Step {
        needs = List.copyOf(needs);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        findings = List.copyOf(findings);
    }
}
