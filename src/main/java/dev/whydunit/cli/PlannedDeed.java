package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.engine.Permissions;
import dev.whydunit.engine.Permissions.Allowed;
import dev.whydunit.engine.Permissions.Decision;
import dev.whydunit.engine.Permissions.Deed;
import dev.whydunit.engine.Permissions.Denied;
import dev.whydunit.engine.Seconds;
import dev.whydunit.policy.Policy;
import dev.whydunit.policy.Starter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What policy says to something that a step would do: here, and, of what changes something, on a server when an alert started it. */
record PlannedDeed(Decision here, Optional<Decision> onServer, boolean asks) {
    static PlannedDeed of(Configuration configuration, String trigger, Deed deed, boolean approval) {
        Permissions server = Policy.onServer(configuration.policy(), new Starter("alert", Optional.empty()));
        return new PlannedDeed(
                Policy.atPrompt(configuration.policy(), Starter.here(trigger)).decide(deed),
                deed.writes() ? Optional.of(server.decide(deed)) : Optional.empty(),
                deed.writes() || approval);
    }

    /** Empty when there is nothing to say: it is allowed, and nobody is asked. */
    Optional<String> text() {
        if (!asks && here instanceof Allowed) {
            return Optional.empty();
        }
        String first = "    policy: " + words(here, "asks the person at the prompt");
        return Optional.of(onServer.<String>map(there -> first + "\n    policy on a server, for an alert: "
                        + (there instanceof Allowed allowed
                                ? words(
                                        there,
                                        "asks whoever has a token of role " + allowed.approvers() + " or above, for "
                                                + Seconds.patience(allowed.expires()))
                                : words(there, "")))
                .orElse(first));
    }

    private static String words(Decision decision, String asking) {
        return switch (decision) {
            case Allowed allowed -> asking;
            case Denied denied -> "denied: " + denied.why() + " (" + denied.line() + ")";
        };
    }

    Map<String, Object> json() {
        Map<String, Object> json = data(here);
        onServer.ifPresent(there -> json.put("onServer", data(there)));
        return json;
    }

    private static Map<String, Object> data(Decision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (decision) {
            case Allowed allowed -> {
                json.put("allowed", true);
                json.put("approvers", allowed.approvers());
                json.put("expires", allowed.expires().toString());
            }
            case Denied denied -> {
                json.put("allowed", false);
                json.put("why", denied.why());
                json.put("line", denied.line());
            }
        }
        return json;
    }
}
