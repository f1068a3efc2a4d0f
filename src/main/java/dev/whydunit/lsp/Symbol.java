package dev.whydunit.lsp;

import dev.whydunit.yaml.Position;

/**
 * A place at which an id stands.
 *
 * @param name what tells it from others of its sort; a finding's and an output's begin with their step's id
 * @param defines whether it is the key that makes it, not a mention
 */
record Symbol(Sort sort, String name, Position position, int length, boolean defines) {
    /** What an id may name. */
    enum Sort {
        RUNBOOK,
        INPUT,
        HYPOTHESIS,
        STEP,
        FINDING,
        OUTPUT
    }

    /** The id as it is written. */
    String id() {
        return sort == Sort.FINDING || sort == Sort.OUTPUT ? name.substring(name.indexOf('.') + 1) : name;
    }

    boolean same(Symbol other) {
        return sort == other.sort && name.equals(other.name);
    }
}
