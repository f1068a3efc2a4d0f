package dev.whydunit.backup;

/** A backup could not be made or restored. The message says what is wrong; nothing was replaced. */
public final class BackupFailure extends Exception {
    BackupFailure(String message) {
        super(message);
    }

    BackupFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
