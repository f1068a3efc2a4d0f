package dev.whydunit.webhook;

import java.util.Optional;

/** How a receiver knows that a delivery is from whom it should be. Secrets are read anew for each, so that they can be changed. */
interface Authentication {
    /** Why the delivery is refused; empty when it may come in. */
    Optional<Refusal> refuses(Delivery delivery);

    /** Whether anybody at all may send. */
    default boolean open() {
        return false;
    }
}
