package dev.whydunit.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes that this one started, told apart by what is in their command lines: other tests have servers running too. */
public final class Children {
    private Children() {}

    /** Those that run and whose command line holds this text. */
    public static List<ProcessHandle> running(String text) {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .filter(process -> commandLine(process).contains(text))
                .toList();
    }

    /** From /proc: what ProcessHandle tells is cut after a few thousand characters, which a class path fills. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It has ended.
            return "";
        }
    }
}
