package dev.whydunit.retention;

import static dev.whydunit.store.Statements.select;

import dev.whydunit.config.RetentionSettings;
import dev.whydunit.journal.ArtifactReferences;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.FileArtifacts.Kept;
import dev.whydunit.store.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes files away that no investigation refers to; and when all files together are more than is to be kept, the oldest investigations
 * that have files, until they are not. Each node does this for its own state directory.
 */
public final class FileRetention {
    /** A file is kept before the event that refers to it is committed. */
    private static final Duration GRACE = Duration.ofDays(1);

    private final Database database;
    private final FileArtifacts artifacts;
    private final RetentionSettings rules;
    private final RecordRetention records;

    private record Plan(List<Kept> unreferenced, Set<String> investigations, List<Kept> theirs) {
        Removal removal(int investigations) {
            long bytes = 0;
            for (Kept file : unreferenced) {
                bytes += file.bytes();
            }
            for (Kept file : theirs) {
                bytes += file.bytes();
            }
            return new Removal(investigations, 0, 0, 0, 0, unreferenced.size() + theirs.size(), bytes);
        }
    }

    /** @param records removes the investigations whose files are too much */
    public FileRetention(Database database, FileArtifacts artifacts, RetentionSettings rules, RecordRetention records) {
        this.database = database;
        this.artifacts = artifacts;
        this.rules = rules;
        this.records = records;
    }

    /**
     * What {@link #remove} would take now.
     *
     * @throws IOException when the files cannot be listed
     */
    public Removal look(Instant now) throws SQLException, IOException {
        Plan plan = plan(now);
        return plan.removal(plan.investigations().size());
    }

    /**
     * Takes it.
     *
     * @throws IOException when a file cannot be removed; the rest is taken the next time
     */
    public Removal remove(Instant now) throws SQLException, IOException {
        Plan plan = plan(now);
        Removal removed = records.investigations(
                RecordRetention.batches(plan.investigations()),
                "all files together are more than " + rules.artifacts(),
                now);
        // What refers to a file now decides: one of those investigations may have been gone on with meanwhile.
        Set<String> referenced = new HashSet<>();
        ArtifactReferences.each(database, (investigation, files) -> referenced.addAll(files));
        artifacts.removeHalfWritten(now.minus(GRACE));
        List<Kept> gone = new ArrayList<>();
        for (Kept file : plan.unreferenced()) {
            take(file, referenced, gone);
        }
        for (Kept file : plan.theirs()) {
            take(file, referenced, gone);
        }
        return removed.plus(new Plan(gone, Set.of(), List.of()).removal(0));
    }

    private void take(Kept file, Set<String> referenced, List<Kept> gone) throws IOException {
        if (!referenced.contains(file.sha256()) && artifacts.remove(file)) {
            gone.add(file);
        }
    }

    private Plan plan(Instant now) throws SQLException, IOException {
        Map<String, Kept> files = new HashMap<>();
        for (Kept file : artifacts.all()) {
            files.put(file.sha256(), file);
        }
        Map<String, Set<String>> byInvestigation = new LinkedHashMap<>();
        Map<String, Integer> references = new HashMap<>();
        ArtifactReferences.each(database, (investigation, shas) -> {
            Set<String> its = byInvestigation.computeIfAbsent(investigation, id -> new LinkedHashSet<>());
            for (String sha : shas) {
                Kept file = files.get(sha);
                if (file != null && its.add(file.sha256())) {
                    references.merge(file.sha256(), 1, Integer::sum);
                }
            }
        });
        Instant settled = now.minus(GRACE);
        List<Kept> unreferenced = new ArrayList<>();
        long total = 0;
        for (Kept file : files.values()) {
            if (!references.containsKey(file.sha256()) && file.keptAt().isBefore(settled)) {
                unreferenced.add(file);
            } else {
                total += file.bytes();
            }
        }
        Set<String> investigations = new LinkedHashSet<>();
        List<Kept> theirs = new ArrayList<>();
        if (total > rules.artifactBytes()) {
            Set<String> over = new HashSet<>(database.read(connection ->
                    select(connection, row -> row.getString(1), "select id from investigation where state = 'ended'")));
            for (Map.Entry<String, Set<String>> one : byInvestigation.entrySet()) {
                if (total <= rules.artifactBytes()) {
                    break;
                }
                if (over.contains(one.getKey()) && !one.getValue().isEmpty()) {
                    investigations.add(one.getKey());
                    for (String sha : one.getValue()) {
                        Kept file = files.get(sha);
                        if (file != null && references.merge(sha, -1, Integer::sum) == 0) {
                            theirs.add(file);
                            total -= file.bytes();
                        }
                    }
                }
            }
        }
        return new Plan(unreferenced, investigations, theirs);
    }
}
