package dev.whydunit.source.elasticsearch;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.SourceKind;
import dev.whydunit.source.log.LogSource;

/** The source kind {@code elasticsearch}. */
public final class ElasticsearchKind implements SourceKind<ElasticsearchSettings> {
    @Override
    public String name() {
        return "elasticsearch";
    }

    @Override
    public Class<ElasticsearchSettings> settings() {
        return ElasticsearchSettings.class;
    }

    @Override
    public Class<?> type() {
        return LogSource.class;
    }

    /** @throws IllegalArgumentException when the URL, a secret or the CA file cannot be used */
    @Override
    public LogSource open(String name, ElasticsearchSettings settings, SourceEnvironment environment) {
        return new ElasticsearchLogSource(name, settings, Connection.open(name, settings, environment));
    }
}
