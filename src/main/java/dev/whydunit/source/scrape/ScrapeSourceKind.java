package dev.whydunit.source.scrape;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.SourceKind;
import dev.whydunit.source.metric.CollectingSource;
import dev.whydunit.source.metric.HttpFetch;
import dev.whydunit.source.metric.MetricSource;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The kind {@code scrape}. */
public final class ScrapeSourceKind implements SourceKind<ScrapeSettings> {
    private static final int LARGEST_BODY = 16 * 1024 * 1024;
    private static final int MOST_TARGETS = 50;

    @Override
    public String name() {
        return "scrape";
    }

    @Override
    public Class<ScrapeSettings> settings() {
        return ScrapeSettings.class;
    }

    @Override
    public Class<?> type() {
        return MetricSource.class;
    }

    @Override
    public MetricSource open(String name, ScrapeSettings settings, SourceEnvironment environment) {
        List<URI> targets = Stream.concat(settings.url().stream(), settings.urls().stream())
                .distinct()
                .map(url -> HttpFetch.address(name, url))
                .toList();
        if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
            throw new IllegalArgumentException(
                    "source " + name + ": needs a url, and has at most " + MOST_TARGETS + " of them");
        }
        HttpFetch http =
                new HttpFetch(name, settings.auth(), settings.ca(), settings.timeout(), LARGEST_BODY, environment);
        ScrapeSampler sampler = new ScrapeSampler(name, settings.job().orElse(name), targets, http);
        return new CollectingSource(
                name, sampler, settings.for_(), settings.every(), settings.background(), InstantSource.system());
    }
}
