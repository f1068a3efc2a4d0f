package dev.whydunit.running;

import dev.whydunit.config.Configuration;
import dev.whydunit.masking.SecretMask;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A mask of the secrets that a configuration refers to, as they are now or were ten seconds ago: files of secrets change while a server
 * runs. What once was a secret stays masked as long as the process lives. Thread-safe.
 */
public final class CurrentMask implements Supplier<SecretMask> {
    private static final long FRESH = TimeUnit.SECONDS.toNanos(10);

    private final Configuration configuration;
    private final Set<String> secrets = new LinkedHashSet<>();
    private SecretMask mask;
    private long read;

    /** @param more secrets that the configuration does not know of */
    public CurrentMask(Configuration configuration, Collection<String> more) {
        this.configuration = configuration;
        secrets.addAll(more);
        secrets.addAll(ConfiguredSecrets.of(configuration));
        mask = new SecretMask(secrets);
        read = System.nanoTime();
    }

    @Override
    public synchronized SecretMask get() {
        if (System.nanoTime() - read > FRESH) {
            read = System.nanoTime();
            if (secrets.addAll(ConfiguredSecrets.of(configuration))) {
                mask = new SecretMask(secrets);
            }
        }
        return mask;
    }
}
