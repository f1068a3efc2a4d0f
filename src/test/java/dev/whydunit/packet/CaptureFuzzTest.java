package dev.whydunit.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Feeds captures to the analysis. A plain build runs the seeds; with the environment variable {@code JAZZER_FUZZ=1} new inputs are
 * tried for a bounded time.
 */
class CaptureFuzzTest {
    private static final Limits SMALL = new Limits(100_000, 1 << 24, 100, 100);

    static Stream<Arguments> seeds() {
        byte[] all = HostileTest.Samples.of().bytes();
        byte[] otherLink = all.clone();
        otherLink[20] = 101;
        return Stream.of(
                Arguments.of((Object) all), Arguments.of((Object) otherLink), Arguments.of((Object) new byte[0]));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void anyCaptureIsReported(byte[] capture) throws IOException {
        try {
            CaptureReport report = CaptureAnalysis.analyse(new ByteArrayInputStream(capture), SMALL);
            Assertions.assertTrue(report.packets() <= capture.length);
        } catch (NotACapture neither) {
            Assertions.assertNotNull(neither.getMessage());
        }
    }
}
