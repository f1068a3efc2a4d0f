package dev.whydunit.running;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Ids that sort by time and can be typed: {@code 20261123-091502-k7q2}. */
public final class InvestigationId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** No vowels and no look-alikes. */
    private static final String ALPHABET = "bcdfghjkmnpqrstvwxz23456789";

    private InvestigationId() {}

    /** @param letters how many random letters: four where a person starts one, more where thousands may start in a second */
    public static String next(Instant now, SecureRandom random, int letters) {
        StringBuilder id = new StringBuilder(TIME.format(now)).append('-');
        for (int i = 0; i < letters; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
