package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuessingIT {
    @Test
    void whoeverGuessesTokensIsSlowedDownAndWhoHasOneIsNot(@TempDir Path folder) throws Exception {
        try (RunningServer server = new RunningServer(folder, "receivers: {}\n", Map.of())) {
            assertThat(server.get("/api/runbooks", RunningServer.ADMIN).status())
                    .isEqualTo(200);
            for (int i = 0; i < SignIns.AT_ONCE; i++) {
                assertThat(server.get("/api/runbooks", "guess" + i).status()).isEqualTo(401);
            }
            RunningServer.Answer refused = server.get("/api/runbooks", "another guess");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.headers()).containsKey("retry-after");
            assertThat(server.get("/actuator/prometheus", "another guess").status())
                    .isEqualTo(429);
            assertThat(server.get("/api/runbooks", RunningServer.ADMIN).status())
                    .isEqualTo(200);
            String made = server.post(
                            "/api/tokens",
                            "{\"name\": \"new\", \"role\": \"viewer\"}",
                            Map.of("Authorization", "Bearer " + RunningServer.ADMIN))
                    .json()
                    .path("token")
                    .asString();
            assertThat(server.get("/api/runbooks", made).status()).isEqualTo(200);
            assertThat(server.send("GET", "/actuator/health", "", Map.of()).status())
                    .isEqualTo(200);
            assertThat(server.get("/api/audit", RunningServer.ADMIN).body())
                    .contains("too many tokens that nobody has")
                    .contains("127.0.0.1")
                    .doesNotContain("guess9");
        }
    }
}
