package dev.whydunit.config;

import dev.whydunit.schema.About;
import dev.whydunit.yaml.Scalars;
import java.util.Optional;

/** What a server needs to be ready, as it is written. */
@About("What a server needs to be ready.")
record HealthSettings(
        @About(
                value = "Sources without which a server is not ready. Others that are down are shown and no more.",
                example = "[prom]")
        Optional<Scalars> requiredSources) {}
