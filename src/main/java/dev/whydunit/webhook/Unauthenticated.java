package dev.whydunit.webhook;

import java.util.Optional;

/** {@code auth: none}: anybody may send; said in the configuration, and listed by {@code doctor}. */
record Unauthenticated() implements Authentication {
    @Override
    public Optional<Refusal> refuses(Delivery delivery) {
        return Optional.empty();
    }

    @Override
    public boolean open() {
        return true;
    }
}
