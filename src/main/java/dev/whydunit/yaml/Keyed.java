package dev.whydunit.yaml;

/**
 * An entry of a map whose key's place matters. {@link Binder} binds a map to a {@code List<Keyed<T>>}.
 *
 * @param key as it stands in the file
 */
public record Keyed<T>(YamlNode.Scalar key, T value) {
    /** The key's text. */
    public String name() {
        return key.text();
    }
}
