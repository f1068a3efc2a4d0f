package dev.whydunit.source.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One JSON object a line; nested and dotted keys are the same. */
final class JsonLines implements LineFormat {
    private static final int FIELDS_LIMIT = 1_000;
    private static final int VALUES_LIMIT = 100;
    private static final int NAME_LIMIT = 1_000;

    private static final List<String> TIME_KEYS = List.of(
            "@timestamp",
            "timestamp",
            "time",
            "ts",
            "Timestamp",
            "datetime",
            "date",
            "asctime",
            "timeMillis",
            "eventTime",
            "__REALTIME_TIMESTAMP",
            "t");

    private static final JsonFactory JSON = new JsonFactory();

    private final TimeReader times;
    private byte[] timeKey;

    JsonLines(TimeReader times, Optional<String> timeKey) {
        this.times = times;
        this.timeKey = timeKey.orElse("").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long time(byte[] bytes, int start, int end) {
        long time = timeKey.length == 0 ? TimeReader.NONE : timeOf(timeKey, bytes, start, end);
        if (time != TimeReader.NONE) {
            return time;
        }
        for (String key : TIME_KEYS) {
            byte[] candidate = key.getBytes(StandardCharsets.UTF_8);
            time = timeOf(candidate, bytes, start, end);
            if (time != TimeReader.NONE) {
                timeKey = candidate;
                return time;
            }
        }
        return TimeReader.NONE;
    }

    /** The value of a key of the outermost object, found by walking over strings and braces alone. */
    private long timeOf(byte[] key, byte[] b, int start, int end) {
        int i = start;
        while (i < end && b[i] <= ' ') {
            i++;
        }
        if (i >= end || b[i] != '{') {
            return TimeReader.NONE;
        }
        int depth = 0;
        for (; i < end; i++) {
            switch (b[i]) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> {
                    int text = i + 1;
                    i = closing(b, text, end);
                    if (depth == 1 && i - text == key.length && equal(b, text, key)) {
                        int value = afterColon(b, i + 1, end);
                        if (value > 0) {
                            return b[value] == '"' ? times.read(b, value + 1, end) : times.read(b, value, end);
                        }
                    }
                }
                default -> {}
            }
        }
        return TimeReader.NONE;
    }

    private static int closing(byte[] b, int from, int end) {
        for (int i = from; i < end; i++) {
            if (b[i] == '"') {
                return i;
            }
            if (b[i] == '\\') {
                i++;
            }
        }
        return end;
    }

    private static boolean equal(byte[] b, int at, byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (b[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** Where the value begins when a colon follows; -1 when the string was itself a value. */
    private static int afterColon(byte[] b, int from, int end) {
        int i = from;
        while (i < end && b[i] <= ' ') {
            i++;
        }
        if (i >= end || b[i] != ':') {
            return -1;
        }
        i++;
        while (i < end && b[i] <= ' ') {
            i++;
        }
        return i < end ? i : -1;
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end, Map<String, Object> into) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, start, end - start)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            flatten(json, into);
            // A second value on the line: two writers at once, or a line that was cut and written over.
            return json.nextToken() == null;
        } catch (JacksonException _) {
            return false;
        }
    }

    private static void flatten(JsonParser json, Map<String, Object> into) {
        Deque<String> path = new ArrayDeque<>();
        String name = "";
        JsonToken token;
        while ((token = json.nextToken()) != null) {
            switch (token) {
                case PROPERTY_NAME -> {
                    String prefix = path.isEmpty() ? "" : path.peek();
                    name = name(prefix, json.currentName());
                }
                case START_OBJECT, START_ARRAY -> path.push(name);
                case END_OBJECT, END_ARRAY -> {
                    if (path.isEmpty()) {
                        return;
                    }
                    path.pop();
                    // Values that follow in an array belong to the array's name.
                    name = path.isEmpty() ? "" : path.peek();
                }
                case VALUE_STRING -> put(into, name, json.getString());
                case VALUE_TRUE -> put(into, name, true);
                case VALUE_FALSE -> put(into, name, false);
                case VALUE_NUMBER_INT -> put(into, name, integer(json));
                case VALUE_NUMBER_FLOAT -> put(into, name, json.getDoubleValue());
                default -> {}
            }
        }
    }

    /** A name that grows longer than any real one ends there: its values are kept under what there is of it. */
    private static String name(String prefix, String key) {
        if (prefix.length() + key.length() > NAME_LIMIT) {
            return prefix.isEmpty() ? key.substring(0, NAME_LIMIT) : prefix;
        }
        return prefix.isEmpty() ? key : prefix + "." + key;
    }

    private static Object integer(JsonParser json) {
        return switch (json.getNumberType()) {
            case INT, LONG -> json.getLongValue();
            default -> json.getDoubleValue();
        };
    }

    private static void put(Map<String, Object> into, String name, Object value) {
        Object before = into.get(name);
        if (before == null) {
            if (into.size() < FIELDS_LIMIT) {
                into.put(name, value);
            }
        } else if (before instanceof List<?> list) {
            if (list.size() < VALUES_LIMIT) {
                List<Object> longer = new ArrayList<>(list);
                longer.add(value);
                into.put(name, longer);
            }
        } else {
            into.put(name, List.of(before, value));
        }
    }
}
