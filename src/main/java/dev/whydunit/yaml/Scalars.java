package dev.whydunit.yaml;

import java.util.List;

/** A list of texts, or one text where the author wrote no list. */
public record Scalars(List<YamlNode.Scalar> items) {
    /** Keeps its own copy of the items. */
    public Scalars {
        items = List.copyOf(items);
    }
}
