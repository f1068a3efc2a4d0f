package dev.whydunit.schema;

import java.util.Collection;
import java.util.Optional;

/** What an author may have meant. */
public final class Spelling {
    private Spelling() {}

    /** The known word nearest to the given one, when it is near enough to be meant. */
    public static Optional<String> closest(String word, Collection<String> known) {
        String given = word.substring(0, Math.min(word.length(), 100));
        Optional<String> best = Optional.empty();
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int allowed = Math.max(1, (Math.max(given.length(), candidate.length()) + 1) / 3);
            if (Math.abs(candidate.length() - given.length()) > allowed) {
                continue;
            }
            int distance =
                    distance(given.toLowerCase(java.util.Locale.ROOT), candidate.toLowerCase(java.util.Locale.ROOT));
            if (distance <= allowed && distance < least && distance < Math.max(2, candidate.length())) {
                least = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /** {@code did you mean 'x'?}, or nothing. */
    public static String didYouMean(String word, Collection<String> known) {
        return closest(word, known).map(near -> "did you mean '" + near + "'?").orElse("");
    }

    /** {@code did you mean 'x'?}, or else all there is to choose from. */
    public static String didYouMeanOr(String word, Collection<String> known, String allThereIs) {
        return closest(word, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> known.isEmpty() ? "" : allThereIs + ": " + list(known));
    }

    /** The words with commas between them, cut after 20. */
    public static String list(Collection<String> words) {
        String text = String.join(", ", words.stream().limit(20).toList());
        return words.size() > 20 ? text + ", …" : text;
    }

    /** Damerau and Levenshtein's distance, in its variant that edits no part twice (optimal string alignment). */
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                now[j] = Math.min(Math.min(last[j] + 1, now[j - 1] + 1), last[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    now[j] = Math.min(now[j], before[j - 2] + 1);
                }
            }
            before = last;
            last = now;
        }
        return last[b.length()];
    }
}
