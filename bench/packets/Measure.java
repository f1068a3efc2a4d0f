import dev.whydunit.packet.CaptureAnalysis;
import dev.whydunit.packet.CaptureReport;
import dev.whydunit.packet.Limits;
import java.nio.file.Path;

/** Analyses a capture once, as a command would, and says what it counted. */
public final class Measure {
    private Measure() {}

    public static void main(String[] arguments) throws Exception {
        CaptureReport report = CaptureAnalysis.analyse(Path.of(arguments[0]), Limits.standard());
        System.out.printf(
                "%d packets, %d TCP conversations, %d retransmissions; notes: %s%n",
                report.packets(),
                report.tcp().conversations(),
                report.tcp().retransmissions(),
                report.notes());
    }
}
