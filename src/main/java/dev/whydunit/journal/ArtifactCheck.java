package dev.whydunit.journal;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a file that an investigation kept is still what it was.
 *
 * @param artifact as the journal has it
 * @param state what was found
 */
public record ArtifactCheck(Artifact artifact, State state) {
    /** What became of a file. */
    public enum State {
        INTACT,
        /** It was removed, or another node keeps it. */
        MISSING,
        /** Its content has another SHA-256. */
        CHANGED
    }

    /**
     * Reads every file that an investigation kept, each content once.
     *
     * @throws IOException when one is there and cannot be read
     */
    public static List<ArtifactCheck> of(List<Event> events, FileArtifacts files) throws IOException {
        Map<String, Artifact> kept = new LinkedHashMap<>();
        for (Event event : events) {
            if (event instanceof Event.StepEnded ended) {
                ended.artifacts().forEach(artifact -> kept.putIfAbsent(artifact.sha256(), artifact));
            }
        }
        Map<Artifact, State> states = new LinkedHashMap<>();
        for (Artifact artifact : kept.values()) {
            states.put(artifact, state(artifact, files));
        }
        return states.entrySet().stream()
                .map(found -> new ArtifactCheck(found.getKey(), found.getValue()))
                .toList();
    }

    private static State state(Artifact artifact, FileArtifacts files) throws IOException {
        if (!FileArtifacts.isName(artifact.sha256())) {
            // Nothing was ever kept under such a name: the journal was changed.
            return State.CHANGED;
        }
        if (!Files.isRegularFile(files.path(artifact.sha256()))) {
            return State.MISSING;
        }
        return files.verify(artifact.sha256()) ? State.INTACT : State.CHANGED;
    }

    /** One line about a file that is not what it was. */
    public String words() {
        return switch (state) {
            case INTACT -> artifact.name() + " is as it was kept";
            case MISSING ->
                artifact.name() + " (SHA-256 " + artifact.sha256()
                        + ") is not in this state directory: it was removed, or another node keeps it";
            case CHANGED ->
                artifact.name() + " was changed after it was kept: its SHA-256 is not " + artifact.sha256()
                        + " any more; do not trust it";
        };
    }
}
