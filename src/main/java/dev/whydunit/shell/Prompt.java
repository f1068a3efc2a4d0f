package dev.whydunit.shell;

import dev.whydunit.journal.OpenIncident;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Where one stands, in a few words: {@code inc-42 shop 14m ▸}, {@code 7f3a web_slowdown 2m ▸}, {@code whydunit ▸}. */
final class Prompt {
    private Prompt() {}

    /**
     * @param incident that is open, by which it is named first
     * @param current the investigation that commands are about
     */
    static AttributedString of(
            Optional<OpenIncident> incident, Optional<Runs.Current> current, Instant now, boolean unicode) {
        AttributedStringBuilder prompt = new AttributedStringBuilder();
        if (incident.isPresent()) {
            OpenIncident open = incident.get();
            prompt.styled(AttributedStyle.BOLD.foreground(AttributedStyle.RED), open.id());
            if (!open.origin().isEmpty()) {
                prompt.append(' ').append(open.origin());
            }
            prompt.append(' ').append(age(Duration.between(open.since(), now)));
        } else if (current.isPresent()) {
            Runs.Current one = current.get();
            prompt.styled(AttributedStyle.BOLD, Board.shortId(one.id()));
            if (!one.runbook().isEmpty()) {
                prompt.append(' ').append(one.runbook());
            }
            prompt.append(' ').append(age(Duration.between(one.since(), now)));
        } else {
            prompt.styled(AttributedStyle.BOLD, "whydunit");
        }
        return prompt.append(unicode ? " ▸ " : " > ").toAttributedString();
    }

    /** {@code 14m}, {@code 3h}, {@code 2d}. */
    static String age(Duration age) {
        if (age.toDays() >= 2) {
            return age.toDays() + "d";
        }
        if (age.toHours() >= 2) {
            return age.toHours() + "h";
        }
        return age.toMinutes() >= 1 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
    }
}
