package dev.whydunit.server;

import dev.whydunit.running.CurrentMask;
import dev.whydunit.running.OpenSources;
import dev.whydunit.store.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /actuator/health} shows: each bean is a part, by its name without {@code HealthIndicator}. */
@Configuration(proxyBeanMethods = false)
class HealthParts {
    @Bean
    DatabaseHealth databaseHealthIndicator(Database database) {
        return new DatabaseHealth(database);
    }

    @Bean
    SourcesHealth sourcesHealthIndicator(
            ServeSettings settings, OpenSources sources, SourceGuards guards, CurrentMask mask) {
        return new SourcesHealth(settings.configuration(), sources, guards, mask);
    }

    @Bean
    StoredCounts storedCounts(Database database) {
        return new StoredCounts(database);
    }

    @Bean
    QueueHealth queueHealthIndicator(Database database, StoredCounts counts) {
        return new QueueHealth(database.commits(), counts);
    }

    @Bean
    ClockHealth clockHealthIndicator(ClockWatch watch, Database database, Upkeep upkeep) {
        return new ClockHealth(watch, database, upkeep);
    }

    @Bean
    DiskHealth diskHealthIndicator(ServeSettings settings, Database database) {
        return new DiskHealth(settings.state(), database.isEmbedded());
    }
}
