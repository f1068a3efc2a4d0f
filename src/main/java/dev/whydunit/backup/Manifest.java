package dev.whydunit.backup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is in a backup.
 *
 * @param schemaVersion of this document
 * @param databaseSchema the version of the tables' schema
 * @param from the database that the rows come from: {@code sqlite} or {@code postgresql}
 * @param entries everything in the archive but this manifest
 * @param missing SHA-256 of files that events refer to and that were not there, or whose content had been changed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Manifest(
        int schemaVersion,
        String createdAt,
        int databaseSchema,
        String from,
        List<Entry> entries,
        List<String> missing) {
    static final String NAME = "manifest.json";
    static final int VERSION = 1;
    private static final Pattern TABLE = Pattern.compile("tables/([a-z][a-z0-9_]{0,62})\\.jsonl");
    private static final Pattern ARTIFACT = Pattern.compile("artifacts/([0-9a-f]{2})/([0-9a-f]{62})");

    /**
     * A part of the archive.
     *
     * @param rows of a table; 0 for a file
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(String name, long bytes, String sha256, long rows) {
        boolean isTable() {
            return TABLE.matcher(name).matches();
        }

        boolean isArtifact() {
            return ARTIFACT.matcher(name).matches();
        }

        /** Of a table's entry. */
        String table() {
            return TABLE.matcher(name).replaceFirst("$1");
        }

        /** Of a file's entry: what its content must hash to. */
        String artifact() {
            return ARTIFACT.matcher(name).replaceFirst("$1$2");
        }
    }

    static String tableEntry(String table) {
        return "tables/" + table + ".jsonl";
    }

    static String artifactEntry(String sha256) {
        return "artifacts/" + sha256.substring(0, 2) + "/" + sha256.substring(2);
    }
}
