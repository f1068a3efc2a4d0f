package dev.whydunit.step.hostcommand;

import dev.whydunit.step.hostcommand.ParsedOutput.NotParsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Output that is one JSON document, or one in each line. */
final class JsonOutput {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonOutput() {}

    static ParsedOutput parse(String text, List<String> lines) throws NotParsed {
        JsonNode document;
        try {
            document = MAPPER.readTree(text);
        } catch (JacksonException e) {
            document = documentPerLine(lines, e);
        }
        if (document.isMissingNode()) {
            throw new NotParsed("the output is not JSON: it is empty");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        if (document.isObject()) {
            document.properties().stream()
                    .filter(p -> p.getValue().isValueNode() && !p.getValue().isNull())
                    .forEach(p -> fields.put(p.getKey(), p.getValue().asString()));
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        if (document.isArray()) {
            for (JsonNode element : document) {
                if (element.isObject() && rows.size() < OutputParser.MAX_ROWS) {
                    rows.add(object(element));
                }
            }
        }
        return new ParsedOutput(fields, rows, plain(document));
    }

    private static JsonNode documentPerLine(List<String> lines, JacksonException whole) throws NotParsed {
        var array = MAPPER.createArrayNode();
        for (String line : lines) {
            if (!line.isBlank()) {
                try {
                    array.add(MAPPER.readTree(line));
                } catch (JacksonException e) {
                    throw new NotParsed("the output is not JSON" + place(whole) + ": " + whole.getOriginalMessage());
                }
            }
        }
        return array;
    }

    /** Where it went wrong; some failures, such as too deep a nesting, have no place. */
    private static String place(JacksonException failure) {
        TokenStreamLocation location = failure.getLocation();
        return location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Empty for null, and for what is no value at all. */
    private static Optional<Object> plain(JsonNode node) {
        if (node.isObject()) {
            return Optional.of(object(node));
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(element -> plain(element).ifPresent(list::add));
            return Optional.of(list);
        }
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue());
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return Optional.of(node.longValue());
        }
        if (node.isNumber()) {
            return Optional.of(node.asDouble());
        }
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private static Map<String, Object> object(JsonNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(p -> plain(p.getValue()).ifPresent(value -> map.put(p.getKey(), value)));
        return map;
    }
}
