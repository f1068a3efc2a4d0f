package dev.whydunit.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void noLabelsGiveTheStartValueOfTheHash() {
        assertThat(Fingerprint.of(new TreeMap<>())).isEqualTo("cbf29ce484222325");
    }

    @Test
    void namesAndValuesAreHashedInOrderOfNames() {
        // FNV-1a, 64 bits, over "alertname" FF "HighLatency" FF "service" FF "café" FF in UTF-8.
        assertThat(Fingerprint.of(new TreeMap<>(Map.of("service", "café", "alertname", "HighLatency"))))
                .isEqualTo("d43e9da3f4d34433");
    }
}
