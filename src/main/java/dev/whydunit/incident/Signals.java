package dev.whydunit.incident;

import dev.whydunit.alert.Alert;

/**
 * Reads alerts' labels as one catalogue and one configuration have it.
 *
 * @param notServices jobs that name no service, unless the catalogue has one of that name
 */
public record Signals(Catalogue catalogue, NotServices notServices) {
    /** Of an alert. */
    public Signal of(Alert alert) {
        return Signal.of(alert, job -> catalogue.knows(job) || !notServices.has(job));
    }
}
