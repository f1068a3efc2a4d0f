package dev.whydunit.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.config.Configuration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalMaskTest {
    @TempDir
    Path folder;

    private JournalMask mask() throws Exception {
        Path file = Files.writeString(
                folder.resolve("whydunit.yaml"),
                "receivers: {am: {kind: alertmanager, auth: {bearer: 'env:AM_TOKEN'}}}\n");
        return JournalMask.of(Configuration.load(file, "default", List.of(), Map.of("AM_TOKEN", "quo\"te+d/secret"))
                .configuration()
                .orElseThrow());
    }

    @Test
    void aSecretOfTheConfigurationIsTakenOutWhateverCharactersItHas() throws Exception {
        String json = "{\"result\":{\"stdout\":\"a quo\\\"te+d/secret b\"}}";
        assertThat(mask().apply(json)).isEqualTo("{\"result\":{\"stdout\":\"a <masked> b\"}}");
    }

    @Test
    void soAreItsEncodedForms() throws Exception {
        String base64 = Base64.getEncoder().encodeToString("quo\"te+d/secret".getBytes(StandardCharsets.UTF_8));
        assertThat(mask().apply("{\"a\":\"" + base64 + " quo%22te%2Bd%2Fsecret\"}"))
                .doesNotContain(base64)
                .doesNotContain("quo%22");
    }

    @Test
    void whatLooksLikeASecretIsTakenOutAndTheRestStays() throws Exception {
        String json =
                "{\"seq\":1,\"query\":\"curl -H 'Authorization: Bearer abcdefghijkl'\",\"fields\":{\"password\":\"x1\",\"user\":\"ann\"}}";
        assertThat(mask().apply(json))
                .contains("\"seq\":1")
                .contains("\"user\":\"ann\"")
                .doesNotContain("abcdefghijkl")
                .doesNotContain("x1");
    }
}
