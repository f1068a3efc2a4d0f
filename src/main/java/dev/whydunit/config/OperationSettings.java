package dev.whydunit.config;

import java.util.Optional;

/**
 * How a server is operated.
 *
 * @param tls empty for plain HTTP
 * @param tracing empty for none
 */
public record OperationSettings(
        Optional<TlsSettings> tls,
        LoggingSettings logging,
        Optional<TracingSettings> tracing,
        OutboundSettings outbound) {
    /** Plain HTTP, lines for people, no spans. */
    public static final OperationSettings DEFAULT = new OperationSettings(
            Optional.empty(), LoggingSettings.DEFAULT, Optional.empty(), OutboundSettings.DEFAULT);
}
