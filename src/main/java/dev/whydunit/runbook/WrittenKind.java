package dev.whydunit.runbook;

import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.YamlNode;

/**
 * The kind that a step names.
 *
 * @param written its key and parameters as they stand in the file
 */
record WrittenKind(KindSignature signature, Keyed<YamlNode> written) {
    WrittenKind with(YamlNode parameters) {
        return new WrittenKind(signature, new Keyed<>(written.key(), parameters));
    }
}
