package dev.whydunit.engine;

import java.util.List;
import java.util.Optional;

/**
 * The verdict as it is kept.
 *
 * @param status {@code concluded}, {@code narrowed}, {@code inconclusive} or {@code symptom_absent}
 * @param path ids from the top of the tree to the cause; empty when there is none
 * @param probability of the path's last node, 0 when there is none
 * @param robust whether it holds without any single group of findings
 * @param restsOn the groups without which it would not hold
 * @param alsoFound paths of contributing factors
 * @param indistinguishable pairs of hypotheses that no step of the runbook tells apart; only when not concluded
 * @param unsupported the path of a hypothesis that is probable enough but has too little evidence in its favour
 */
public record VerdictFacts(
        String status,
        List<String> path,
        String claim,
        double probability,
        String remedy,
        String prevention,
        boolean robust,
        List<String> restsOn,
        List<String> alsoFound,
        List<List<String>> indistinguishable,
        Optional<String> unsupported) {}
