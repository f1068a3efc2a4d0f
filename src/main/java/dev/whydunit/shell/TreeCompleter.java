package dev.whydunit.shell;

import dev.whydunit.cli.Application;
import dev.whydunit.cli.Candidates;
import dev.whydunit.cli.TreeCompletion;
import dev.whydunit.report.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes by the one tree of commands; JLine's matcher forgives typing errors and takes the middle of a word as well. */
final class TreeCompleter implements Completer {
    private static final int LONGEST_DESCRIPTION = 50;

    private final Application application;
    /** Made at the first Tab: to read the annotations of all commands takes longer than a key press may. */
    private Optional<TreeCompletion> completion = Optional.empty();

    TreeCompleter(Application application) {
        this.application = application;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> before = new ArrayList<>(
                line.words().subList(0, Math.min(line.wordIndex(), line.words().size())));
        if (!before.isEmpty() && before.getFirst().equals("whydunit")) {
            before.removeFirst();
        }
        boolean help = !before.isEmpty() && before.getFirst().equals("help");
        if (help) {
            before.removeFirst();
        }
        if (before.isEmpty() && !help) {
            Shell.names().forEach(name -> candidates.add(new Candidate(name)));
        }
        if (completion.isEmpty()) {
            completion = Optional.of(new TreeCompletion(application));
        }
        for (Candidates.Candidate one : completion.get().of(before, line.word())) {
            boolean open = one.value().endsWith("=") || one.value().endsWith("/");
            candidates.add(new Candidate(
                    one.value(),
                    PlainText.forTerminal(one.value()),
                    null,
                    one.description().isEmpty() ? null : described(one.description()),
                    null,
                    null,
                    !open));
        }
    }

    private static String described(String text) {
        String safe = PlainText.forTerminal(text).replace('\n', ' ');
        return safe.length() <= LONGEST_DESCRIPTION ? safe : safe.substring(0, LONGEST_DESCRIPTION - 1) + "…";
    }
}
