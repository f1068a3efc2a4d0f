package dev.whydunit.cli;

/** Exit codes that scripts rely on. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NARROWED = 10;
    static final int INCONCLUSIVE = 11;
    static final int SYMPTOM_ABSENT = 12;
    static final int OUT_OF_TIME = 124;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
