package dev.whydunit.running;

import dev.whydunit.config.Configuration;
import dev.whydunit.masking.SecretMask;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** Takes secrets out of events before they are stored: the values of the configuration's own secrets, and what looks like one. */
public final class JournalMask implements UnaryOperator<String> {
    private static final JsonMapper JSON = new JsonMapper();

    private final Supplier<SecretMask> mask;

    /** @param mask the secrets as they are at the time: their files may change while a server runs */
    public JournalMask(Supplier<SecretMask> mask) {
        this.mask = mask;
    }

    /** With the secrets that this configuration refers to, as they are now. */
    public static JournalMask of(Configuration configuration) {
        SecretMask now = new SecretMask(ConfiguredSecrets.of(configuration));
        return new JournalMask(() -> now);
    }

    /** An event's JSON without secrets; each text is looked at as it was before it was written as JSON. */
    @Override
    public String apply(String json) {
        SecretMask now = mask.get();
        return now.isSurelyClean(json) ? json : JSON.writeValueAsString(now.data(JSON.readValue(json, Object.class)));
    }
}
