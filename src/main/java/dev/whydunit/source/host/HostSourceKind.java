package dev.whydunit.source.host;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.SourceKind;
import dev.whydunit.source.metric.CollectingSource;
import dev.whydunit.source.metric.MetricSource;
import java.nio.file.Path;
import java.time.InstantSource;

/** The kind {@code host}. */
public final class HostSourceKind implements SourceKind<HostSettings> {
    @Override
    public String name() {
        return "host";
    }

    @Override
    public Class<HostSettings> settings() {
        return HostSettings.class;
    }

    @Override
    public Class<?> type() {
        return MetricSource.class;
    }

    @Override
    public MetricSource open(String name, HostSettings settings, SourceEnvironment environment) {
        InstantSource clock = InstantSource.system();
        return new CollectingSource(
                name,
                new HostSampler(name, new HostFiles(Path.of("/")), clock),
                settings.for_(),
                settings.every(),
                settings.background(),
                clock);
    }
}
