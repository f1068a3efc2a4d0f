package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the schema gives an editor to show. */
class SchemaForEditorsTest {
    private static final List<String> SHOWS_A_VALUE = List.of("examples", "enum", "default");

    @TempDir
    Path folder;

    @Test
    void everyPropertyHasADescriptionAndAnExampleOrADefault() {
        JsonNode schema = JsonMapper.shared()
                .readTree(new Program(folder).run("runbook", "schema").out());
        List<String> bare = new ArrayList<>();
        int[] count = {0};
        walk(schema, "", bare, count);

        assertThat(bare).isEmpty();
        assertThat(count[0]).isGreaterThan(80);
    }

    private static void walk(JsonNode node, String path, List<String> bare, int[] count) {
        node.path("properties").properties().forEach(property -> {
            String here = path + "." + property.getKey();
            String text = property.getValue().toString();
            count[0]++;
            if (!text.contains("\"description\"")) {
                bare.add(here + " has no description");
            }
            if (SHOWS_A_VALUE.stream().noneMatch(word -> text.contains("\"" + word + "\""))) {
                bare.add(here + " has no example");
            }
        });
        node.properties().forEach(child -> walk(child.getValue(), path + "/" + child.getKey(), bare, count));
        node.forEach(child -> {
            if (node.isArray()) {
                walk(child, path, bare, count);
            }
        });
    }
}
