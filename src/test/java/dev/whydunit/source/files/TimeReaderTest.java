package dev.whydunit.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeReaderTest {
    private static final Instant WRITTEN = Instant.parse("2026-03-10T12:00:00Z");

    private final TimeReader berlin = new TimeReader(ZoneId.of("Europe/Berlin"), WRITTEN);

    private long read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return berlin.read(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-10T11:59:00Z | 2026-03-10T11:59:00Z",
                "2026-03-10T11:59:00.123456789Z | 2026-03-10T11:59:00.123456789Z",
                "2026-03-10T11:59:00,5+01:00 text | 2026-03-10T10:59:00.500Z",
                "2026-03-10 11:59:00 +0530 | 2026-03-10T06:29:00Z",
                "2026-03-10 11:59:00.123 UTC [12] LOG: | 2026-03-10T11:59:00.123Z",
                "2026-03-10 11:59:00 -17 is too cold | 2026-03-10T10:59:00Z",
                "2026-03-10 11:59 | 2026-03-10T10:59:00Z",
                "2026-07-10 11:59:00 summer | 2026-07-10T09:59:00Z",
                "[2026-03-10 11:59:00] text | 2026-03-10T10:59:00Z",
                "2026/03/10 11:59:00 [error] 7#7: | 2026-03-10T10:59:00Z",
                "10/Mar/2026:11:59:00 +0000 | 2026-03-10T11:59:00Z",
                "[10/Mar/2026:11:59:00 -0800] | 2026-03-10T19:59:00Z",
                "10-Mar-2026 11:59:00.250 INFO | 2026-03-10T10:59:00.250Z",
                "26/03/10 11:59:00 INFO | 2026-03-10T10:59:00Z",
                "260310 115900 143 INFO | 2026-03-10T10:59:00Z",
                "Mar 10 11:59:00 web1 | 2026-03-10T10:59:00Z",
                "Mar  1 11:59:00 web1 | 2026-03-01T10:59:00Z",
                "Dec 31 23:59:00 web1 | 2025-12-31T22:59:00Z",
                "Feb 29 12:00:00 web1 | 2024-02-29T11:00:00Z",
                "[Tue Mar 10 11:59:00.25 2026] [error] | 2026-03-10T10:59:00.250Z",
                "1773143940 | 2026-03-10T11:59:00Z",
                "1773143940.25 | 2026-03-10T11:59:00.250Z",
                "1773143940123 | 2026-03-10T11:59:00.123Z",
                "1773143940123456 | 2026-03-10T11:59:00.123456Z",
                "1773143940123456789 | 2026-03-10T11:59:00.123456789Z"
            })
    void readsTheLayoutsThatLogsHave(String text, Instant time) {
        assertThat(TimeReader.instant(read(text))).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "text",
                "2026",
                "2026-",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-03-10T25:00:00Z",
                "2026-03-10Tnoon",
                "123",
                "12345678901234567890",
                "Mar",
                "Mar 99 11:59:00",
                "Marvin 10 11:59:00",
                "10/Xyz/2026:11:59:00",
                "99999999 999999",
                "12/34/56 xx",
                "0000-00-00T00:00:00Z"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(read(text)).isEqualTo(TimeReader.NONE);
    }

    @Test
    void noBytesMakeItFail() {
        Random random = new Random(11);
        String parts = "0123456789-:/.,TZ+ []JanMarFebTueUTC";
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length >= 0; length--) {
                text.append(parts.charAt(random.nextInt(parts.length())));
            }
            long time = read(text.toString());
            assertThat(time == TimeReader.NONE || berlin.position() <= text.length())
                    .isTrue();
        }
    }
}
