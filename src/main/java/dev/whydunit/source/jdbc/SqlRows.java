package dev.whydunit.source.jdbc;

import java.sql.Array;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a result set into plain values, within limits of rows and size. */
final class SqlRows {
    /** Longer values are cut, with a mark. In characters. */
    private static final int MAX_VALUE = 10_000;
    /** All values together. In characters. */
    private static final long MAX_TOTAL = 8L << 20;

    private static final int MAX_ELEMENTS = 1000;

    private SqlRows() {}

    static SqlAnswer read(ResultSet rows, int maxRows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> labels = labels(columns);
        List<Map<String, Object>> all = new ArrayList<>();
        long total = 0;
        while (rows.next()) {
            if (all.size() == maxRows || total > MAX_TOTAL) {
                return new SqlAnswer(all, true);
            }
            Map<String, Object> row = new LinkedHashMap<>();
            for (int column = 1; column <= labels.size(); column++) {
                Optional<Object> value = value(rows, column, columns.getColumnType(column));
                if (value.isPresent()) {
                    row.put(labels.get(column - 1), value.get());
                    total += value.get() instanceof String text ? text.length() : 8;
                }
            }
            all.add(row);
        }
        return new SqlAnswer(all, false);
    }

    /** In lower case; a label that is there already gets its position. */
    private static List<String> labels(ResultSetMetaData columns) throws SQLException {
        List<String> labels = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String label = columns.getColumnLabel(column).toLowerCase(Locale.ROOT);
            labels.add(labels.contains(label) ? label + "_" + column : label);
        }
        return labels;
    }

    private static Optional<Object> value(ResultSet rows, int column, int type) throws SQLException {
        return switch (type) {
            // Without a zone, it is read as UTC: the session's zone, and not that of this process.
            case Types.TIMESTAMP -> {
                boolean zoned = rows.getMetaData().getColumnTypeName(column).equalsIgnoreCase("timestamptz");
                yield zoned
                        ? Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                        : Optional.ofNullable(rows.getObject(column, LocalDateTime.class))
                                .map(time -> time.toInstant(ZoneOffset.UTC));
            }
            case Types.TIMESTAMP_WITH_TIMEZONE ->
                Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant);
            default -> plain(rows.getObject(column));
        };
    }

    private static Optional<Object> plain(@Nullable Object raw) throws SQLException {
        return switch (raw) {
            case null -> Optional.empty();
            case Boolean flag -> Optional.of(flag);
            case Integer number -> Optional.of(number.longValue());
            case Short number -> Optional.of(number.longValue());
            case Byte number -> Optional.of(number.longValue());
            case Long number -> Optional.of(number);
            case Number number -> Optional.of(number.doubleValue());
            case Timestamp timestamp -> Optional.of(timestamp.toInstant());
            case byte[] bytes -> Optional.of("(" + bytes.length + " bytes)");
            case Clob text -> Optional.of(cut(text.getSubString(1, MAX_VALUE + 1)));
            case Array array -> Optional.of(elements(array));
            default -> Optional.of(cut(raw.toString()));
        };
    }

    private static Object elements(Array array) throws SQLException {
        if (!(array.getArray() instanceof Object[] elements)) {
            return cut(array.toString());
        }
        List<Object> list = new ArrayList<>();
        for (Object element : elements) {
            if (list.size() == MAX_ELEMENTS) {
                break;
            }
            plain(element).ifPresent(list::add);
        }
        return List.copyOf(list);
    }

    private static String cut(String text) {
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "… (cut)";
    }
}
