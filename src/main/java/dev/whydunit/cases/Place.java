package dev.whydunit.cases;

import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.YamlNode;

/**
 * A part of a file.
 *
 * @param length in code points on its first line
 */
public record Place(Position position, int length) {
    static Place of(YamlNode node) {
        return new Place(node.position(), node.length());
    }
}
