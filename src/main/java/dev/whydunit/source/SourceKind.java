package dev.whydunit.source;

/**
 * A kind of source that {@code whydunit.yaml} may configure under {@code sources:}. Registering one is one line.
 *
 * @param <S> its settings, bound from YAML as step parameters are (see {@link dev.whydunit.runbook.KindSignature})
 */
public interface SourceKind<S extends Record> {
    /** The value of {@code kind:}, such as {@code elasticsearch}. */
    String name();

    /** The record that the source's settings are bound to; it does not hold {@code kind}. */
    Class<S> settings();

    /** What its sources can be used as, such as {@code LogSource}: steps ask for a source by this type. */
    Class<?> type();

    /**
     * Makes a client. Connects as late as possible: an unreachable server shows when a step uses it.
     *
     * @param name the source's name in the configuration, for messages
     * @param environment secrets and paths
     * @return an instance of {@link #type()}; closed by the caller at the end when it is AutoCloseable
     */
    Object open(String name, S settings, SourceEnvironment environment);
}
