package dev.whydunit.config;

import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays an environment's values over the common ones. */
final class Overlay {
    private Overlay() {}

    /**
     * Maps are merged key by key; everything else is replaced, and so is a map whose {@code kind} the environment changes, since the
     * settings of one kind mean nothing to another.
     */
    static YamlNode.Mapping merge(YamlNode.Mapping below, YamlNode.Mapping above) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        for (YamlNode.Entry entry : below.entries()) {
            Optional<YamlNode.Entry> over = above.entry(entry.name());
            entries.add(over.map(upper -> merge(entry, upper)).orElse(entry));
        }
        above.entries().stream()
                .filter(entry -> below.entry(entry.name()).isEmpty())
                .forEach(entries::add);
        return new YamlNode.Mapping(entries, below.position(), below.length());
    }

    private static YamlNode.Entry merge(YamlNode.Entry below, YamlNode.Entry above) {
        boolean maps = below.value() instanceof YamlNode.Mapping && above.value() instanceof YamlNode.Mapping;
        if (!maps || changesKind((YamlNode.Mapping) below.value(), (YamlNode.Mapping) above.value())) {
            return above;
        }
        return new YamlNode.Entry(
                below.key(), merge((YamlNode.Mapping) below.value(), (YamlNode.Mapping) above.value()));
    }

    private static boolean changesKind(YamlNode.Mapping below, YamlNode.Mapping above) {
        return above.get("kind").isPresent()
                && below.get("kind").isPresent()
                && !above.get("kind")
                        .get()
                        .toString()
                        .equals(below.get("kind").get().toString());
    }
}
