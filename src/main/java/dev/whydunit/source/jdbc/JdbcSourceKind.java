package dev.whydunit.source.jdbc;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.SourceKind;

/** The source kind {@code jdbc}. */
public final class JdbcSourceKind implements SourceKind<JdbcSettings> {
    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public Class<JdbcSettings> settings() {
        return JdbcSettings.class;
    }

    @Override
    public Class<?> type() {
        return JdbcSource.class;
    }

    @Override
    public Object open(String name, JdbcSettings settings, SourceEnvironment environment) {
        return new JdbcSource(name, settings, settings.password().map(environment::secret));
    }
}
