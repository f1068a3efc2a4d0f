package dev.whydunit.replay;

import java.util.List;

/** What became of all mutants of a runbook. */
public record MutationReport(List<Mutant.Fate> fates) {
    /** Keeps its own copy. */
    public MutationReport {
        fates = List.copyOf(fates);
    }

    /** The share of mutants that some case noticed, from 0 to 1; 1 when there are none. */
    public double score() {
        return fates.isEmpty() ? 1 : (double) noticed() / fates.size();
    }

    /** How many were noticed. */
    public long noticed() {
        return fates.stream().filter(fate -> fate.noticedBy().isPresent()).count();
    }

    /** Those that no case noticed. */
    public List<Mutant.Fate> unnoticed() {
        return fates.stream().filter(fate -> fate.noticedBy().isEmpty()).toList();
    }
}
