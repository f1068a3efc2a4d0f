package dev.whydunit.source.prometheus;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.source.metric.HttpCredentials;
import java.time.Duration;
import java.util.Optional;

/**
 * A Prometheus server.
 *
 * @param url its address, with the path before /api if there is one
 * @param auth how to authenticate
 * @param ca PEM file of the certificates to trust
 * @param timeout for one request
 */
@About("A Prometheus server, or one that speaks its HTTP API (Thanos, Mimir, VictoriaMetrics).")
public record PrometheusSettings(
        @About(value = "Address, with the path before /api if there is one.", example = "http://127.0.0.1:9090")
        String url,

        @About("How to authenticate; left out: not at all.") Optional<HttpCredentials> auth,

        @About(value = "PEM file of the certificates to trust instead of the JDK's.", example = "certs/ca.pem")
        Optional<String> ca,

        @About("Longest time for one request, its answer included.") @Default("30s")
        Duration timeout) {}
