package dev.whydunit.engine;

import java.util.Optional;

/** The configured sources. Thread-safe; each is opened once, when first asked for. */
public interface Sources {
    /**
     * A source by name, or the only one of its type.
     *
     * @throws SourceUnavailable when there is none, there are several, or it cannot be opened
     */
    <S> S find(Class<S> type, Optional<String> name) throws SourceUnavailable;

    /** The name of the source that is meant: what is named, else the only one of the type; empty when that is none. */
    default Optional<String> nameOf(Class<?> type, Optional<String> name) {
        return name;
    }
}
