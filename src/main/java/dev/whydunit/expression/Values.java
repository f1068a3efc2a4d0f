package dev.whydunit.expression;

import java.util.Map;

/** Records as the plain data that expressions read. */
public final class Values {
    private Values() {}

    /** The components by their snake_case names; an absent Optional is no key. */
    public static Map<String, Object> of(Record record) {
        throw new UnsupportedOperationException(record.getClass().getName());
    }
}
