package dev.whydunit.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Feeds captures to the analysis. A plain build runs the seeds; with the environment variable {@code JAZZER_FUZZ=1} new inputs are
 * tried for a bounded time.
 */
class CaptureFuzzTest {
    /** Of so many captures one is also read by two threads, which takes longer. */
    private static final int SOME = 16;

    private static final Limits SMALL = new Limits(100_000, 1 << 24, 100, 100);

    static Stream<Arguments> seeds() throws IOException {
        byte[] all = HostileTest.Samples.of().bytes();
        byte[] raw = all.clone();
        raw[20] = 101;
        byte[] cooked = all.clone();
        cooked[20] = 113;
        byte[] inner = Wire.ethernet(0x0800, Wire.ipv4(1, 2, 17, Wire.udpDatagram(5, 53, Wire.dns(1, "a.test", -1))));
        byte[] tunnels = new Wire()
                .udp(1, 9, 2, 4789, joined(new byte[] {8, 0, 0, 0, 0, 0, 1, 0}, inner))
                .udp(1, 9, 2, 6081, joined(new byte[] {0, 0, 0x65, 0x58, 0, 0, 1, 0}, inner))
                .frame(Wire.ethernet(0x0800, Wire.ipv4(1, 2, 47, joined(new byte[] {0, 0, 0x65, 0x58}, inner))))
                .frame(Wire.ethernet(
                        0x8100, joined(new byte[] {0, 1, 8, 0}, Wire.ipv4(1, 2, 4, Wire.ipv4(1, 2, 6, inner)))))
                .bytes();
        ReadingTest.Ng blocks = new ReadingTest.Ng(ByteOrder.LITTLE_ENDIAN, new ByteArrayOutputStream())
                .section()
                .described(1, 9, 0)
                .packet(0, 1_750_000_000_000_000_000L, inner)
                .statistics(0, 7);
        return Stream.of(all, raw, cooked, tunnels, blocks.out().toByteArray(), ReadingTest.gzip(tunnels), new byte[0])
                .map(seed -> Arguments.of((Object) seed));
    }

    private static byte[] joined(byte[] header, byte[] rest) {
        byte[] both = Arrays.copyOf(header, header.length + rest.length);
        System.arraycopy(rest, 0, both, header.length, rest.length);
        return both;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void anyCaptureIsReported(byte[] capture) throws IOException {
        try {
            CaptureReport report = CaptureAnalysis.analyse(new ByteArrayInputStream(capture), SMALL);
            boolean zipped = capture[0] == 0x1f;
            Assertions.assertTrue(zipped || report.packets() <= capture.length);
            if (capture.length % SOME == 0 && !zipped) {
                StreamSource source = new StreamSource(new ByteArrayInputStream(capture));
                Assertions.assertEquals(report, CaptureAnalysis.apart(source, SMALL));
            }
        } catch (NotACapture neither) {
            Assertions.assertNotNull(neither.getMessage());
        }
    }
}
