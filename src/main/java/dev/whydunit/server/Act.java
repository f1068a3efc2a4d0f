package dev.whydunit.server;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** What a person wants of an investigation. */
sealed interface Act {
    /** Keeps a note with it. */
    record Note(String text) implements Act {}

    /**
     * Says that a hypothesis is not it.
     *
     * @param hypothesis its path
     */
    record RuleOut(String hypothesis, String because) implements Act {}

    /**
     * Says what it was.
     *
     * @param hypothesis its path
     */
    record Confirm(String hypothesis, String because) implements Act {}

    /** Looks again at steps. */
    record Redo(List<String> steps) implements Act {
        /** Keeps its own copy. */
        public Redo {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Stops it.
     *
     * @param steps only the steps that run now
     */
    record Stop(boolean steps) implements Act {}

    /** The classes by the words that stand for them in the database. */
    Map<String, Class<? extends Act>> KINDS = Map.of(
            "note",
            Note.class,
            "rule_out",
            RuleOut.class,
            "confirm",
            Confirm.class,
            "redo",
            Redo.class,
            "stop",
            Stop.class);

    /** The word that stands for it. */
    default String kind() {
        return switch (this) {
            case Note note -> "note";
            case RuleOut out -> "rule_out";
            case Confirm confirm -> "confirm";
            case Redo redo -> "redo";
            case Stop stop -> "stop";
        };
    }

    /** As it is stored, secrets taken out. */
    default String body(UnaryOperator<String> mask) {
        return mask.apply(JsonMapper.shared().writeValueAsString(this));
    }

    /** As it was stored. */
    static Act read(String kind, String body) {
        Class<? extends Act> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("there is no act '" + kind + "'");
        }
        return JsonMapper.shared().readValue(body, type);
    }
}
