package dev.whydunit.packet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers what is wrong, kind by kind: the count of all, and the sentences of those conversations that show it most. */
final class ProblemBook {
    private static final int MOST_CASES = 200;
    private static final int LISTED = 10;

    /** A conversation, name or address that shows a problem. */
    private static final class Case {
        final String key;
        long count;
        long weight;
        Supplier<String> says;

        Case(String key, Supplier<String> says) {
            this.key = key;
            this.says = says;
        }
    }

    /** Written out: what Comparator's methods return is slow to start. */
    private static final Comparator<Case> HEAVIEST_FIRST = (one, other) -> {
        int byWeight = Long.compare(other.weight, one.weight);
        return byWeight != 0 ? byWeight : one.key.compareTo(other.key);
    };

    /** A kind of problem. */
    private static final class Entry {
        long count;
        long cases;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long smallest;
        ProblemKind.Severity severity;
        final Map<String, Case> byKey = new HashMap<>();

        Entry(ProblemKind.Severity severity) {
            this.severity = severity;
        }
    }

    private final Map<ProblemKind, Entry> entries = new EnumMap<>(ProblemKind.class);

    /** Counts a case under a key; cases with the same key are one. */
    void add(ProblemKind kind, long count, long first, long last, String key, Supplier<String> says) {
        Entry entry = entry(kind, kind.severity, count, first, last);
        Case known = entry.byKey.get(key);
        if (known == null) {
            entry.cases++;
            if (entry.byKey.size() >= MOST_CASES) {
                return;
            }
            known = new Case(key, says);
            entry.byKey.put(key, known);
        }
        known.count += count;
        known.weight += count;
    }

    /**
     * Counts a conversation, once for each kind.
     *
     * @param severity how grave it is here
     * @param weight what its rank among others goes by
     */
    void conversation(
            ProblemKind kind,
            ProblemKind.Severity severity,
            long count,
            long weight,
            long first,
            long last,
            Supplier<String> key,
            Supplier<String> says) {
        Entry entry = entry(kind, severity, count, first, last);
        entry.cases++;
        if (entry.byKey.size() >= MOST_CASES) {
            if (weight <= entry.smallest) {
                return;
            }
            makeRoom(entry);
        }
        Case fresh = entry.byKey.computeIfAbsent(key.get(), text -> new Case(text, says));
        fresh.count += count;
        fresh.weight += weight;
    }

    /** Adds what another gathered from other conversations of the same capture. */
    void merge(ProblemBook other) {
        other.entries.forEach((kind, theirs) -> {
            Entry ours = entry(kind, theirs.severity, theirs.count, theirs.first, theirs.last);
            ours.cases += theirs.cases;
            for (Case each : sorted(theirs)) {
                Case known = ours.byKey.get(each.key);
                if (known != null) {
                    known.count += each.count;
                    known.weight += each.weight;
                    ours.cases--;
                } else if (ours.byKey.size() < 2 * MOST_CASES) {
                    ours.byKey.put(each.key, each);
                }
            }
        });
    }

    /** Lets the lighter half go. */
    private static void makeRoom(Entry entry) {
        List<Case> sorted = sorted(entry);
        entry.smallest = sorted.get(MOST_CASES / 2).weight;
        for (Case each : sorted.subList(MOST_CASES / 2, sorted.size())) {
            entry.byKey.remove(each.key);
        }
    }

    private Entry entry(ProblemKind kind, ProblemKind.Severity severity, long count, long first, long last) {
        Entry entry = entries.computeIfAbsent(kind, each -> new Entry(severity));
        if (severity.compareTo(entry.severity) < 0) {
            entry.severity = severity;
        }
        entry.count += count;
        entry.first = Math.min(entry.first, first);
        entry.last = Math.max(entry.last, last);
        return entry;
    }

    /** The gravest first; of equal gravity the more telling kind, then the more frequent. */
    List<Problem> list() {
        List<Problem> problems = new ArrayList<>();
        for (ProblemKind.Severity severity : ProblemKind.Severity.values()) {
            for (Map.Entry<ProblemKind, Entry> each : entries.entrySet()) {
                if (each.getValue().severity == severity) {
                    problems.add(problem(each.getKey(), each.getValue()));
                }
            }
        }
        return problems;
    }

    private static Problem problem(ProblemKind kind, Entry entry) {
        List<Case> sorted = sorted(entry);
        Case worst = sorted.getFirst();
        String says = worst.says.get();
        if (entry.cases > 1) {
            says += "; %d %s in all, %d places".formatted(entry.count, kind.counted, entry.cases);
        } else if (worst.count > 1 && !says.contains(Long.toString(worst.count))) {
            says += " (" + worst.count + " times)";
        }
        return new Problem(
                kind.text(),
                entry.severity.text(),
                entry.count,
                says,
                instant(entry.first),
                instant(entry.last),
                sorted.stream().limit(LISTED).map(each -> each.key).toList());
    }

    private static List<Case> sorted(Entry entry) {
        List<Case> cases = new ArrayList<>(entry.byKey.values());
        cases.sort(HEAVIEST_FIRST);
        return cases;
    }

    private static Optional<Instant> instant(long nanos) {
        return nanos <= 0 ? Optional.empty() : Optional.of(Times.instant(nanos));
    }
}
