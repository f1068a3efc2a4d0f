package dev.whydunit.source.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.source.elasticsearch.FieldNames.Renamed;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {
    private static final Map<String, String> NAMES =
            Map.of("service.name", "app", "log.level", "k8s:level", "message", "msg", "host.name", "h*st name");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "service.name:shop | app:shop",
                "+service.name:shop -log.level:INFO | +app:shop -k8s\\:level:INFO",
                "(service.name:(a OR b) AND message:\"x y\") | (app:(a OR b) AND msg:\"x y\")",
                "NOT _exists_:service.name | NOT _exists_:app",
                "service\\.name:x | app:x",
                "host.name:a* | h\\*st\\ name:a*",
                "message:/service.name:x/ | msg:/service.name:x/",
                "url.path:/service.name:x/ service.name:y | url.path:/service.name:x/ app:y",
                "service.name:[a TO service.name:b} | app:[a TO service.name:b}",
                "a:\"service.name:x \\\" service.name:y\" | a:\"service.name:x \\\" service.name:y\"",
                "service.name | service.name",
                "service.name:x^2 log.level:~ | app:x^2 k8s\\:level:~"
            })
    void renamesFieldsAndNothingElse(String query, String renamed) {
        assertThat(FieldNames.rename(query, NAMES).query()).isEqualTo(renamed);
    }

    @Test
    void tellsWhichFieldsOfTheIndexAQueryNames() {
        assertThat(FieldNames.rename("service.name:a OR x.y:[1 TO 2] OR _exists_:z OR *:* OR plain", NAMES))
                .isEqualTo(
                        new Renamed("app:a OR x.y:[1 TO 2] OR _exists_:z OR *:* OR plain", Set.of("app", "x.y", "z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "a:", "\"", "/", "[", "\\", "a\\", "_exists_:", "a:/", "((((", "a:[x"})
    void aBrokenQueryIsLeftToTheServer(String query) {
        assertThat(FieldNames.rename(query, Map.of()).query()).isEqualTo(query);
    }
}
