package dev.whydunit.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RequestedTest {
    @Test
    void whatAnEarlierVersionStoredIsRead() {
        Requested old = InvestigationRequests.parse(
                "{\"runbook\": \"pool\", \"trigger\": \"api\", \"alert\": {}, \"inputs\": {\"service\": \"shop\"}}");

        assertThat(old.role()).isEmpty();
        assertThat(old.more()).isEmpty();
        assertThat(old.origin()).isEmpty();
    }

    @Test
    void whoAskedForItIsKept() {
        Requested asked = new Requested("pool", "api", Map.of(), Map.of()).by("responder");

        assertThat(InvestigationRequests.parse(
                                new InvestigationRequests("default", UnaryOperator.identity()).text(asked))
                        .role())
                .contains("responder");
    }
}
