package dev.whydunit.step.logquery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups messages by form. Messages are masked ({@link MessageMask}) and counted by what remains; then a position that takes five or
 * more different words while all other words are the same counts as a variable too. The outcome does not depend on the order of the
 * messages. Bounded: past 10,000 forms, messages of new forms are counted together.
 */
final class PatternMiner {
    /** So many different words at one position make it a variable. */
    static final int VARIANTS = 5;

    private static final int FORMS = 10_000;
    private static final int ROUNDS = 4;
    private static final String VARIABLE = "<*>";

    private final Map<String, Counts> forms = new LinkedHashMap<>();

    /**
     * A form of messages.
     *
     * @param text its words, and placeholders where it varies
     * @param window messages of the window that have it
     * @param baseline messages of the baseline that have it
     */
    record Found(String text, long window, long baseline) {}

    private record Counts(long window, long baseline) {
        Counts plus(Counts other) {
            return new Counts(window + other.window, baseline + other.baseline);
        }
    }

    /** Takes a message of the window. */
    void window(String message) {
        add(message, new Counts(1, 0));
    }

    /** Takes a message of the baseline. */
    void baseline(String message) {
        add(message, new Counts(0, 1));
    }

    private void add(String message, Counts one) {
        String form = MessageMask.of(message);
        forms.merge(forms.size() < FORMS || forms.containsKey(form) ? form : VARIABLE, one, Counts::plus);
    }

    /** The forms of the window's messages: those not in the baseline first, then the most frequent, then by text. */
    List<Found> patterns() {
        Map<String, Counts> merged = forms;
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Counts> next = merge(merged);
            if (next.size() == merged.size()) {
                break;
            }
            merged = next;
        }
        List<Found> found = new ArrayList<>();
        merged.forEach((text, counts) -> {
            if (counts.window() > 0) {
                found.add(new Found(text, counts.window(), counts.baseline()));
            }
        });
        found.sort(Comparator.comparing((Found form) -> form.baseline() > 0)
                .thenComparing(Comparator.comparingLong(Found::window).reversed())
                .thenComparing(Found::text));
        return found;
    }

    /** One place in a form, and all that stands around it. */
    private record Place(int index, int words, long around) {}

    private static Map<String, Counts> merge(Map<String, Counts> forms) {
        List<String[]> split =
                forms.keySet().stream().map(form -> form.split(" ", -1)).toList();
        Map<Place, Set<String>> variants = new HashMap<>();
        for (String[] words : split) {
            long whole = hash(words);
            for (int i = 0; words.length > 1 && i < words.length; i++) {
                variants.computeIfAbsent(place(words, i, whole), _ -> new HashSet<>())
                        .add(words[i]);
            }
        }
        Map<String, Counts> merged = new LinkedHashMap<>();
        int form = 0;
        for (Counts counts : forms.values()) {
            String[] words = split.get(form++).clone();
            variable(words, variants);
            merged.merge(String.join(" ", words), counts, Counts::plus);
        }
        return merged;
    }

    /** Replaces the word at the place with the most variants, if they are enough. */
    private static void variable(String[] words, Map<Place, Set<String>> variants) {
        long whole = hash(words);
        int most = VARIANTS - 1;
        int variable = -1;
        for (int i = 0; words.length > 1 && i < words.length; i++) {
            int count = variants.getOrDefault(place(words, i, whole), Set.of()).size();
            if (count > most) {
                most = count;
                variable = i;
            }
        }
        if (variable >= 0) {
            words[variable] = VARIABLE;
        }
    }

    private static Place place(String[] words, int index, long whole) {
        return new Place(index, words.length, whole - hash(words[index], index));
    }

    private static long hash(String[] words) {
        long sum = 0;
        for (int i = 0; i < words.length; i++) {
            sum += hash(words[i], i);
        }
        return sum;
    }

    /** A 64-bit hash of a word and its place, so that sums of them tell forms apart (FNV-1a, then Stafford's mix 13). */
    private static long hash(String word, int index) {
        long hash = 0xcbf29ce484222325L ^ index * 0x9e3779b97f4a7c15L;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
