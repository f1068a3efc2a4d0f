package dev.whydunit.authoring.rules;

import dev.whydunit.belief.Finding;
import dev.whydunit.belief.Strength;
import dev.whydunit.belief.Verdicts;
import dev.whydunit.runbook.Hypothesis;
import dev.whydunit.runbook.Remedies;
import dev.whydunit.runbook.Runbook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a runbook can never find out, however its steps end. */
final class Reasoning implements Check {
    private static final int MOST_ALIKE = 20;

    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.runbook().ifPresent(runbook -> new About(subject, runbook, remarks).look());
    }

    private static final class About {
        private final Subject subject;
        private final Remarks remarks;
        private final Reasoner reasoner;
        private final Set<String> read;
        private final Set<String> late;
        private final Map<String, Hypothesis> byPath = new LinkedHashMap<>();

        About(Subject subject, Runbook runbook, Remarks remarks) {
            this.subject = subject;
            this.remarks = remarks;
            this.reasoner = new Reasoner(runbook);
            this.read = Completeness.references(runbook);
            this.late = Remedies.late(runbook.steps());
            runbook.hypotheses().forEach(hypothesis -> collect("", hypothesis));
        }

        private void collect(String above, Hypothesis hypothesis) {
            String path = above + hypothesis.id();
            byPath.put(path, hypothesis);
            hypothesis.why().forEach(deeper -> collect(path + ".", deeper));
        }

        void look() {
            Set<String> unsupported = new HashSet<>();
            for (int leaf = 0; leaf < reasoner.leaves().size(); leaf++) {
                String path = reasoner.leaves().get(leaf);
                Hypothesis hypothesis = byPath.get(path);
                if (hypothesis != null && !reasoner.supported(leaf)) {
                    unsupported.add(path);
                    add(
                            "W301",
                            hypothesis,
                            "nothing supports hypothesis '" + hypothesis.id()
                                    + "': it can only win when all others lose",
                            "add a finding that supports it, with " + StepKinds.forClaim(hypothesis.claim()));
                }
            }
            Set<String> alike = pairs(unsupported);
            for (int leaf = 0; leaf < reasoner.leaves().size(); leaf++) {
                String path = reasoner.leaves().get(leaf);
                Hypothesis hypothesis = byPath.get(path);
                if (hypothesis != null && !unsupported.contains(path)) {
                    refutable(leaf, hypothesis);
                    if (!alike.contains(path)) {
                        attainable(leaf, hypothesis);
                    }
                }
            }
            reasoner.readings().forEach(this::idle);
        }

        private void refutable(int leaf, Hypothesis hypothesis) {
            if (!reasoner.refutable(leaf)) {
                add(
                        "W302",
                        hypothesis,
                        "nothing can refute hypothesis '" + hypothesis.id()
                                + "': no finding against it, and those for it do not count when they are false",
                        "drop 'if_false: ignore' where its absence tells something, or add a finding that refutes it");
            }
        }

        private void attainable(int leaf, Hypothesis hypothesis) {
            if (!reasoner.attainable(leaf)) {
                add(
                        "W306",
                        hypothesis,
                        "no outcome of the steps can make '" + hypothesis.id()
                                + "' the verdict: it never reaches conclude_at with two findings in its favour",
                        "support it by a second step or more strongly, or refute its rivals");
                return;
            }
            List<Finding> deciding = reasoner.readings().stream()
                    .filter(reading -> reading.yes()[leaf] >= Math.log(Strength.CONCLUSIVE.ratio()) - 1e-9)
                    .map(Reasoner.Reading::finding)
                    .toList();
            boolean confirmed = reasoner.readings().stream()
                    .anyMatch(reading -> (reading.yes()[leaf] > 0 || reading.no()[leaf] > 0)
                            && deciding.stream()
                                    .noneMatch(finding -> finding.group()
                                            .equals(reading.finding().group())));
            if (!deciding.isEmpty() && !confirmed) {
                add(
                        "W307",
                        hypothesis,
                        "the verdict '" + hypothesis.id() + "' is decided by finding "
                                + deciding.getFirst().id() + " alone: nothing else in the runbook could confirm it",
                        "add a second step that looks at it another way, with " + StepKinds.forClaim(hypothesis.claim())
                                + "; or call the finding strong");
            }
        }

        /** The hypotheses that look alike: neither can be the verdict, and that needs not be said once more. */
        private Set<String> pairs(Set<String> unsupported) {
            Set<String> alike = new HashSet<>();
            List<Finding> findings = new ArrayList<>();
            reasoner.readings().forEach(reading -> findings.add(reading.finding()));
            Verdicts.indistinguishable(reasoner.tree(), findings).stream()
                    .filter(pair -> !unsupported.contains(pair.one()) && !unsupported.contains(pair.another()))
                    .forEach(pair -> {
                        alike.addAll(List.of(pair.one(), pair.another()));
                        Hypothesis one = byPath.get(pair.one());
                        Hypothesis another = byPath.get(pair.another());
                        if (one != null && another != null && alike.size() <= MOST_ALIKE) {
                            add(
                                    "W305",
                                    another,
                                    "no step can tell '" + one.id() + "' and '" + another.id()
                                            + "' apart: every finding says the same of both",
                                    StepKinds.between(one, another));
                        }
                    });
            return alike;
        }

        private void idle(Reasoner.Reading reading) {
            boolean moves = false;
            for (int leaf = 0; leaf < reasoner.leaves().size(); leaf++) {
                moves |= reading.yes()[leaf] != 0 || reading.no()[leaf] != 0;
            }
            String path = "steps." + reading.step().id() + ".findings."
                    + reading.written().id();
            // What is read after a remedy may move nothing.
            boolean shown = late.contains(reading.step().id());
            if (!moves && !shown && !reading.finding().symptom() && !read.contains(path)) {
                remarks.add(
                        "W303",
                        subject.keyOf(reading.step(), reading.written()),
                        "finding '" + reading.written().id()
                                + "' moves nothing: whether it is true changes no probability",
                        "say what it supports or refutes, or mark it symptom: true");
            }
        }

        private void add(String code, Hypothesis hypothesis, String message, String help) {
            remarks.add(code, hypothesis.position(), hypothesis.id().length(), message, help);
        }
    }
}
