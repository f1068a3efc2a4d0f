package dev.whydunit.source.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Cuts texts into words as Elasticsearch does by default: Unicode word boundaries, lower case. Thread-safe. */
final class Words {
    /** The analyzer, which the query is read with too. */
    static final Analyzer ANALYZER = new StandardAnalyzer();

    /** Between the values of a field with several, so that no phrase spans two of them (as Elasticsearch's position_increment_gap). */
    private static final int GAP = 100;

    private static final int LIMIT = 100_000;

    private Words() {}

    /** The words in order; an empty string stands where a gap is. */
    static List<String> of(List<?> values) {
        List<String> words = new ArrayList<>();
        for (Object value : values) {
            if (!words.isEmpty()) {
                for (int i = 0; i < GAP; i++) {
                    words.add("");
                }
            }
            try (TokenStream stream = ANALYZER.tokenStream("", value.toString())) {
                CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
                stream.reset();
                while (words.size() < LIMIT && stream.incrementToken()) {
                    words.add(term.toString());
                }
                stream.end();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
        return words;
    }
}
