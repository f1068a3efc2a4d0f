package dev.whydunit.policy;

import java.util.List;
import java.util.Optional;

/**
 * Who started an investigation, as rules name them.
 *
 * @param trigger {@code alert}, {@code schedule} or {@code command}
 * @param role of the API token that started it, or wanted more of it; empty where none did
 */
public record Starter(String trigger, Optional<String> role) {
    private static final List<String> ROLES = List.of("viewer", "responder", "author", "admin");

    /** A person at a prompt of this machine, or the alert or schedule that began it there. */
    public static Starter here(String trigger) {
        return new Starter(trigger.equals("rerun") ? "command" : trigger, Optional.empty());
    }

    /** Whether one of these words means it: a role means the greater ones as well. */
    boolean isOneOf(List<String> words) {
        return role.map(known -> words.stream().anyMatch(word -> ROLES.contains(word) && covers(known, word)))
                .orElseGet(() -> words.contains(trigger));
    }

    private static boolean covers(String role, String least) {
        return ROLES.indexOf(role) >= ROLES.indexOf(least);
    }

    @Override
    public String toString() {
        return role.map(known -> "a token of role " + known).orElse(trigger);
    }
}
