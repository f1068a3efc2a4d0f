package dev.whydunit.source.prometheus;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.SourceKind;
import dev.whydunit.source.metric.HttpFetch;
import dev.whydunit.source.metric.MetricSource;
import java.net.URI;

/** The kind {@code prometheus}. */
public final class PrometheusSourceKind implements SourceKind<PrometheusSettings> {
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public Class<PrometheusSettings> settings() {
        return PrometheusSettings.class;
    }

    @Override
    public Class<?> type() {
        return MetricSource.class;
    }

    @Override
    public MetricSource open(String name, PrometheusSettings settings, SourceEnvironment environment) {
        URI address = HttpFetch.address(name, settings.url());
        if (address.getQuery() != null || address.getFragment() != null) {
            throw new IllegalArgumentException("source " + name + ": url must end before \"?\" and \"#\"");
        }
        return new PrometheusSource(
                name,
                address,
                new HttpFetch(name, settings.auth(), settings.ca(), settings.timeout(), LARGEST_ANSWER, environment),
                settings.timeout());
    }
}
