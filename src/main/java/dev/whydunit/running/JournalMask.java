package dev.whydunit.running;

import dev.whydunit.config.Configuration;
import dev.whydunit.masking.SecretMask;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** Takes secrets out of events before they are stored: the values of the configuration's own secrets, and what looks like one. */
public final class JournalMask implements UnaryOperator<String> {
    private static final JsonMapper JSON = new JsonMapper();

    private final SecretMask mask;

    private JournalMask(SecretMask mask) {
        this.mask = mask;
    }

    /** With the secrets that this configuration refers to, as they are now. */
    public static JournalMask of(Configuration configuration) {
        return new JournalMask(new SecretMask(ConfiguredSecrets.of(configuration)));
    }

    /** An event's JSON without secrets; each text is looked at as it was before it was written as JSON. */
    @Override
    public String apply(String json) {
        return mask.isSurelyClean(json) ? json : JSON.writeValueAsString(mask.data(JSON.readValue(json, Object.class)));
    }
}
