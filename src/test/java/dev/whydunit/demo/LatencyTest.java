package dev.whydunit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private final Latency latency = new Latency(Duration.ofSeconds(5));

    @Test
    void theQuantileIsTakenOfWhatWasAddedBetweenTwoScrapesAndOfAllPathsTogether() {
        add(0, "/products", 1_000, 1_000, 1_000);
        add(2, "/products", 1_080, 1_090, 1_100);
        // 100 requests: 80 below 0.1 s, 10 more below 0.2 s, 10 below 0.5 s: the 95th is half way from 0.2 to 0.5.
        assertThat(latency.p95().orElseThrow()).isCloseTo(0.35, within(1e-9));
    }

    @Test
    void requestsThatTookLongerThanTheLastBoundCountAsThatBound() {
        add(0, "/orders", 0, 0, 0);
        latency.add(
                TimeUnit.SECONDS.toNanos(1),
                bucket("/orders", "0.1", 0) + bucket("/orders", "0.2", 0) + bucket("/orders", "+Inf", 100));
        assertThat(latency.p95().orElseThrow()).isEqualTo(0.2);
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        add(0, "/products", 0, 0, 0);
        add(1, "/products", 0, 0, 100);
        add(8, "/products", 0, 0, 100);
        add(9, "/products", 100, 100, 200);
        assertThat(latency.p95().orElseThrow()).isLessThanOrEqualTo(0.1);
    }

    @Test
    void fewRequestsHaveNoQuantile() {
        add(0, "/products", 0, 0, 0);
        add(1, "/products", 3, 3, 3);
        assertThat(latency.p95()).isEmpty();
    }

    private void add(int second, String path, long below100ms, long below200ms, long below500ms) {
        latency.add(
                TimeUnit.SECONDS.toNanos(second),
                "# TYPE http_request_duration_seconds histogram\n"
                        + bucket(path, "0.1", below100ms)
                        + bucket(path, "0.2", below200ms)
                        + bucket(path, "0.5", below500ms)
                        + bucket(path, "+Inf", below500ms)
                        + "http_request_duration_seconds_sum{service=\"shop\",path=\"" + path
                        + "\",status=\"200\"} 3.5\n");
    }

    private static String bucket(String path, String bound, long count) {
        return "http_request_duration_seconds_bucket{service=\"shop\",path=\"" + path + "\",status=\"200\",le=\""
                + bound + "\"} " + count + "\n";
    }
}
