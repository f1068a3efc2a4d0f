package dev.whydunit.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "5GB, 5000000000",
        "5gb, 5000000000",
        "1.5 MB, 1500000",
        "512MiB, 536870912",
        "1TiB, 1099511627776",
        "100kB, 100000",
        "7B, 7",
        "0B, 0"
    })
    void aSizeIsRead(String text, long bytes) {
        assertThat(Sizes.parse(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "GB", "-5GB", "5 apples", "1.2.3GB", ".5GB", "5GBB", "99999999999999TB", "1e3GB"})
    void anythingElseIsNone(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1 kB", "1550, 1.6 kB", "5000000000, 5 GB", "1234567, 1.2 MB"})
    void aSizeIsShown(long bytes, String text) {
        assertThat(Sizes.format(bytes)).isEqualTo(text);
    }
}
