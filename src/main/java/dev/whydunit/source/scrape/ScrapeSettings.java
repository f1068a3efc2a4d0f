package dev.whydunit.source.scrape;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.source.metric.HttpCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Endpoints that show metrics.
 *
 * @param url address of one
 * @param urls addresses of several
 * @param job value of the label job
 * @param for_ how long one check collects
 * @param every from one sample to the next
 * @param background from one sample to the next while no check runs
 * @param auth how to authenticate
 * @param ca PEM file of the certificates to trust
 * @param timeout for one request
 */
@About("Endpoints in Prometheus' or OpenMetrics' text format, read directly and for a short time.")
public record ScrapeSettings(
        @About(value = "Address of the endpoint.", example = "http://127.0.0.1:8080/metrics")
        Optional<String> url,

        @About("Addresses of several endpoints, read at the same moments; instead of or besides url.") @Default("[]")
        List<String> urls,

        @About("Value of the label job that every sample gets, as from Prometheus; left out: the source's name.")
        Optional<String> job,

        @About("How long one check collects samples.") @Default("3s")
        Duration for_,

        @About("Time from one sample to the next.") @Default("500ms")
        Duration every,

        @About(
                value =
                        "Also take a sample this often while no check runs, from the first use on, so that checks have a history.",
                example = "5s")
        Optional<Duration> background,

        @About("How to authenticate; left out: not at all.") Optional<HttpCredentials> auth,

        @About(value = "PEM file of the certificates to trust instead of the JDK's.", example = "certs/ca.pem")
        Optional<String> ca,

        @About("Longest time for one request, its answer included.") @Default("5s")
        Duration timeout) {
    /** Keeps its own copy. */
    public ScrapeSettings {
        urls = List.copyOf(urls);
    }
}
