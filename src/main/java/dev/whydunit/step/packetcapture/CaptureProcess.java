package dev.whydunit.step.packetcapture;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The program that captures, run as a process of its own. Its arguments are those of {@link CaptureRequest}; it writes packets to its
 * standard output in pcapng's format, and to its standard error lines of {@code key=value} (see {@link CaptureOutcome}).
 */
public final class CaptureProcess {
    private static final int FAILED = 3;
    private static final int BUFFER = 1 << 18;

    private CaptureProcess() {}

    /** Captures until a limit is reached or nobody reads any more. */
    public static void main(String[] arguments) {
        CaptureRequest request = CaptureRequest.of(arguments);
        PrintStream says = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER)) {
            new Interfaces(request, new PcapngWriter(out), says).capture();
        } catch (CaptureFailure e) {
            says.println(CaptureOutcome.ERROR + "=" + e.kind());
            says.println(CaptureOutcome.MESSAGE + "=" + oneLine(e.getMessage()));
            exit(FAILED);
        } catch (IOException e) {
            says.println("message=nobody reads the packets any more: " + oneLine(e.getMessage()));
            exit(FAILED);
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
            says.println(CaptureOutcome.ERROR + "=libpcap");
            says.println(CaptureOutcome.MESSAGE + "=" + oneLine(e.getMessage()));
            exit(FAILED);
        }
        exit(0);
    }

    private static String oneLine(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ");
    }

    /** Threads of native code may still run; they are not waited for. */
    private static void exit(int status) {
        Runtime.getRuntime().halt(status);
    }
}
