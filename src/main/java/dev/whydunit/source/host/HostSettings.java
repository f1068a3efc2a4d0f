package dev.whydunit.source.host;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.util.Optional;

/**
 * This machine.
 *
 * @param for_ how long one check collects
 * @param every from one sample to the next
 * @param background from one sample to the next while no check runs
 */
@About("The machine that this program runs on, read from /proc and /sys by node_exporter's metric names.")
public record HostSettings(
        @About("How long one check collects samples.") @Default("2s")
        Duration for_,

        @About("Time from one sample to the next.") @Default("500ms")
        Duration every,

        @About(
                value =
                        "Also take a sample this often while no check runs, from the first use on, so that checks have a history.",
                example = "5s")
        Optional<Duration> background) {}
