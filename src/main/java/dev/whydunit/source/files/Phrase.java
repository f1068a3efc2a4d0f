package dev.whydunit.source.files;

import java.util.Arrays;
import java.util.List;

/**
 * Words that follow each other, with at most so many moves between them. As Lucene's sloppy phrase: each word's position less its
 * place in the phrase; the greatest of these less the smallest must not exceed the slop.
 */
final class Phrase {
    private final String[] words;
    private final int[] places;
    private final int slop;

    /** @param places each word's place in the phrase, ascending */
    Phrase(String[] words, int[] places, int slop) {
        this.words = words;
        this.places = places;
        this.slop = slop;
    }

    boolean in(List<String> text) {
        int last = text.size() - 1;
        int[] seen = new int[words.length];
        Arrays.fill(seen, Integer.MIN_VALUE);
        if (slop == 0) {
            for (int start = 0; start <= last; start++) {
                if (startsAt(text, start)) {
                    return true;
                }
            }
            return false;
        }
        // The smallest range that covers a position of every word: walk over shifted positions in ascending order.
        int longest = places[places.length - 1];
        for (int shifted = -longest; shifted <= last; shifted++) {
            int oldest = shifted;
            for (int word = 0; word < words.length; word++) {
                int position = shifted + places[word];
                if (position >= 0 && position <= last && text.get(position).equals(words[word])) {
                    seen[word] = shifted;
                }
                oldest = Math.min(oldest, seen[word]);
            }
            if (oldest > Integer.MIN_VALUE && shifted - oldest <= slop) {
                return true;
            }
        }
        return false;
    }

    private boolean startsAt(List<String> text, int start) {
        for (int word = 0; word < words.length; word++) {
            int position = start + places[word] - places[0];
            if (position >= text.size() || !text.get(position).equals(words[word])) {
                return false;
            }
        }
        return true;
    }
}
