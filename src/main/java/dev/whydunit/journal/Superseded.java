package dev.whydunit.journal;

import dev.whydunit.engine.JournalFailure;
import java.sql.SQLException;

/** Another attempt at the investigation is in charge: this one was thought dead, and what it saw since is kept as late. */
public final class Superseded extends JournalFailure {
    Superseded(String investigation, int attempt) {
        super(
                "investigation " + investigation + " was taken over while attempt " + attempt
                        + " was thought dead; what that attempt still saw is kept as late and used for nothing",
                new SQLException("superseded"));
    }
}
