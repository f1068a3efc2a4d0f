package dev.whydunit.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.testing.RandomSecrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMaskTest {
    private static final SecretMask NOTHING_KNOWN = new SecretMask(List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key AKIAIOSFODNN7EXAMPLE of the bucket          | key <masked> of the bucket
            ghp_abcdefghijklmnopqrstuvwxyz0123456789         | <masked>
            jdbc:postgresql://app:hunter22@db/shop           | jdbc:postgresql://app:<masked>@db/shop
            Authorization: Bearer abc.def-123                | Authorization: Bearer <masked>
            Authorization: Basic dXNlcjpwYXNz                | Authorization: Basic <masked>
            curl -H 'authorization: token 12345678'          | curl -H 'authorization: token <masked>'
            {"password": "hunter2", "user": "app"}           | {"password": "<masked>", "user": "app"}
            password=hunter2&user=app                        | password=<masked>&user=app
            api_key: s3cr3t-value                            | api_key: <masked>
            eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF | <masked>
            xoxb-123456789012-abcdef                         | <masked>
            sk_live_0123456789abcdefghij                     | <masked>
            password = "two words, and more" next            | password = "<masked>" next
            DefaultEndpoints;AccountKey=abc123==;Suffix      | DefaultEndpoints;AccountKey=<masked>;Suffix
            https://h.slack/x?sig=abcdef123&a=b              | https://h.slack/x?sig=<masked>&a=b
            https://hooks.slack.com/services/T0/B0/abcdef    | https://hooks.slack.com/services/<masked>
            wdu_abcdefghijklmnopqrstuvwxyz                   | <masked>
            redis://user:p@ss:word@cache/0                   | redis://user:<masked>@cache/0
            the password policy is strict                    | the password policy is strict
            12 tokens were read                              | 12 tokens were read
            """)
    void whatLooksLikeASecretIsMaskedAndNothingElse(String text, String masked) {
        assertThat(NOTHING_KNOWN.text(text)).isEqualTo(masked);
    }

    @Test
    void aPrivateKeyIsMaskedToItsEnd() {
        String key = "before\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nafter";

        assertThat(NOTHING_KNOWN.text(key)).isEqualTo("before\n<masked>\nafter");
        assertThat(NOTHING_KNOWN.text(key.substring(0, 60))).doesNotContain("MIIE");
    }

    @Test
    void knownSecretsAreFoundLiterallyWhateverTheyHold() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            StringBuilder secret = new StringBuilder();
            int length = 6 + random.nextInt(30);
            for (int c = 0; c < length; c++) {
                secret.append((char) ('!' + random.nextInt(94)));
            }
            String value = secret.toString();
            SecretMask mask = new SecretMask(List.of(value));
            String encoded =
                    Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8));

            assertThat(mask.text("x " + value + " y")).isEqualTo("x <masked> y");
            assertThat(mask.text("x " + encoded + " y")).doesNotContain(encoded);
            assertThat(mask.text(java.net.URLEncoder.encode("x " + value, StandardCharsets.UTF_8)))
                    .doesNotContain(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    @Test
    void aKnownSecretIsFoundHoweverItIsWritten() {
        RandomSecrets random = new RandomSecrets(11);
        for (int i = 0; i < 300; i++) {
            String secret = random.next();
            SecretMask mask = new SecretMask(List.of(secret));
            for (String line : RandomSecrets.printed(secret)) {
                assertThat(RandomSecrets.in(mask.text(line), List.of(secret)))
                        .as(secret + " in " + line)
                        .isEmpty();
                assertThat(mask.isSurelyClean(line)).as(secret + " in " + line).isFalse();
            }
        }
    }

    @Test
    void aKnownSecretAtWhichATextIsCutOffIsFound() {
        SecretMask mask = new SecretMask(List.of("open-sesame+++42"));

        assertThat(mask.text("it said open-sesame+…")).isEqualTo("it said <masked>…");
        assertThat(mask.text("it said open-sesame")).isEqualTo("it said <masked>");
        assertThat(mask.text("open-sesam\n[… 12 bytes left out …]\nend"))
                .isEqualTo("<masked>\n[… 12 bytes left out …]\nend");
        assertThat(mask.text("open-sea is a company")).isEqualTo("open-sea is a company");
    }

    @Test
    void aKeyOfSeveralLinesIsOneWhereEachLineIsATextOfItsOwn() {
        List<String> lines = List.of(
                "before",
                "-----BEGIN EC PRIVATE KEY-----",
                "MIIEabcdef",
                "ghijkl",
                "-----END EC PRIVATE KEY-----",
                "after");

        assertThat(NOTHING_KNOWN.data(lines))
                .isEqualTo(List.of("before", "<masked>", "<masked>", "<masked>", "<masked>", "after"));
        SecretMask known = new SecretMask(List.of("first line of it\nsecond line of it"));
        assertThat(known.text("> second line of it")).isEqualTo("> <masked>");
    }

    @Test
    void ofASecretThatIsPartOfAnotherTheLongerIsMaskedFirst() {
        assertThat(new SecretMask(List.of("hunter", "hunter-and-gatherer")).text("hunter-and-gatherer"))
                .isEqualTo("<masked>");
    }

    @Test
    void secretsAreMaskedAnywhereInDataNamesIncluded() {
        SecretMask mask = new SecretMask(List.of("hunter22"));
        Object masked = mask.data(Map.of(
                "hunter22", List.of("a hunter22"), "password", "short", "count", 5, "nested", Map.of("api_key", "k")));

        assertThat(masked)
                .isEqualTo(Map.of(
                        "<masked>",
                        List.of("a <masked>"),
                        "password",
                        "<masked>",
                        "count",
                        5,
                        "nested",
                        Map.of("api_key", "<masked>")));
    }

    @Test
    void noneMasksNothing() {
        assertThat(SecretMask.none().text("password=hunter2")).isEqualTo("password=hunter2");
    }

    @Test
    void dataThatIsCalledSurelyCleanIsLeftAsItIs() {
        tools.jackson.databind.json.JsonMapper json = new tools.jackson.databind.json.JsonMapper();
        SecretMask mask = new SecretMask(List.of("hunter22", "over\there"));
        SecretMask simple = new SecretMask(List.of("hunter22"));
        List<Object> all = List.of(
                Map.of("line", "a quiet line", "count", 3),
                Map.of("line", "user=x hunter22"),
                Map.of("password", "abcdef"),
                Map.of("X-Api-Key", "abcdef"),
                Map.of("line", "AUTHORIZATION: Basic eHg6eXk="),
                Map.of("line", "pa\u017f\u017fword=verysecret"),
                Map.of("line", "url http://u:p@h/x"),
                Map.of("line", "AKIAABCDEFGHIJKLMNOP"),
                Map.of("line", "ghp_abcdefghijklmnopqrstuvwx"),
                Map.of("line", "sk_live_abcdefghijklmnopqr"),
                Map.of("set-cookie", "a=b"),
                Map.of("line", "-----BEGIN RSA PRIVATE KEY-----\nMIIabc"));
        for (Object data : all) {
            String text = json.writeValueAsString(data);
            if (simple.isSurelyClean(text)) {
                assertThat(simple.data(data)).isEqualTo(data);
            }
            if (mask.isSurelyClean(text)) {
                assertThat(mask.data(data)).isEqualTo(data);
            }
        }
        assertThat(mask.isSurelyClean(json.writeValueAsString(Map.of("line", "all over\there"))))
                .as("a secret that JSON writes otherwise")
                .isFalse();
        assertThat(all.stream().filter(data -> simple.isSurelyClean(json.writeValueAsString(data))))
                .hasSize(1);
    }
}
