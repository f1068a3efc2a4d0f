package dev.whydunit.yaml;

import java.util.List;
import java.util.Optional;

/** A value in a YAML file, with its place. */
public sealed interface YamlNode {
    /** Where it begins. */
    Position position();

    /** How many code points of its first line belong to it; at least 1. */
    int length();

    /** What it is, for messages: "a list", "a map", "text". */
    String kind();

    /**
     * A text as it stands in the file. Only {@link YamlReader} makes one, so that what is compiled from it (an expression, a
     * template) can only be source text of a runbook or a configuration.
     */
    final class Scalar implements YamlNode {
        private final String text;
        private final boolean plain;
        private final Position position;
        private final int length;
        private final ScalarOffsets offsets;

        Scalar(String text, boolean plain, Position position, int length, ScalarOffsets offsets) {
            this.text = text;
            this.plain = plain;
            this.position = position;
            this.length = length;
            this.offsets = offsets;
        }

        /** Its value as text. */
        public String text() {
            return text;
        }

        /** Whether it is written without quotes and not as a block, so that YAML may read a number, true, false or null in it. */
        public boolean plain() {
            return plain;
        }

        /** Whether it is empty or {@code null} without quotes. */
        public boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }

        @Override
        public Position position() {
            return position;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : "text";
        }

        /**
         * Where a character of the value stands in the file, quotes, escapes and indentation taken into account.
         *
         * @param offset in chars of {@link #text()}; its end is allowed
         */
        public Position positionOf(int offset) {
            return offsets.positionOf(offset);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, Position position, int length) implements YamlNode {
        /** Keeps its own copy of the items. */
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map, in the order of the file. No key occurs twice. */
    record Mapping(List<Entry> entries, Position position, int length) implements YamlNode {
        /** Keeps its own copy of the entries. */
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a map";
        }

        /** The entry of that key. */
        public Optional<Entry> entry(String key) {
            for (Entry entry : entries) {
                if (entry.name().equals(key)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }

        /** The value of that key. */
        public Optional<YamlNode> get(String key) {
            return entry(key).map(Entry::value);
        }
    }

    /** A key and its value. */
    record Entry(Scalar key, YamlNode value) {
        /** The key's text. */
        public String name() {
            return key.text();
        }
    }
}
