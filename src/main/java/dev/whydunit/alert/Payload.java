package dev.whydunit.alert;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stranger's JSON: read with limits, and what is wrong with it said in one line that names the place. */
public final class Payload {
    private static final int MAX_DEPTH = 20;
    private static final int MOST_SHOWN = 80;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Payload() {}

    /**
     * The JSON of a body.
     *
     * @throws UnreadableAlert when it is too large, empty, nested too deep, or no JSON
     */
    public static JsonNode read(byte[] body) throws UnreadableAlert {
        if (body.length > AlertFormat.MAX_BYTES) {
            throw new UnreadableAlert(
                    "the payload has " + body.length + " bytes; at most " + AlertFormat.MAX_BYTES + " are read");
        }
        try {
            JsonNode root = JSON.readTree(body);
            if (root.isMissingNode()) {
                throw new UnreadableAlert("the body is empty; JSON is expected");
            }
            return root;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new UnreadableAlert(
                    "not readable as JSON" + where + ": " + oneLine(withoutSettings(e.getOriginalMessage())));
        }
    }

    /** A limit's message goes on with the names of Java methods, which tell a sender nothing. */
    private static String withoutSettings(String message) {
        int names = message.indexOf(", from `");
        return names < 0 ? message : message.substring(0, names) + ")";
    }

    /** A stranger's text, short enough and safe to be put into a message. */
    public static String oneLine(String text) {
        String line = text.lines().findFirst().orElse("");
        String cut = line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line;
        return cut.codePoints()
                .map(character -> Character.isISOControl(character) ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
