package dev.whydunit.backup;

import dev.whydunit.backup.Table.Column;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A row as a JSON array, the same from every database: times as text of one length, bytes in Base64. */
final class RowJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private RowJson() {}

    static String write(Object plain) {
        return JSON.writeValueAsString(plain);
    }

    static JsonNode read(String line) {
        return JSON.readTree(line);
    }

    static String write(ResultSet row, List<Column> columns, boolean embedded) throws SQLException {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(value(row, i + 1, columns.get(i).kind(), embedded));
        }
        return JSON.writeValueAsString(values);
    }

    @SuppressWarnings("NullAway") // A null of the database is a null in JSON.
    private static Object value(ResultSet row, int at, Table.Kind kind, boolean embedded) throws SQLException {
        Object value = switch (kind) {
            case TEXT -> row.getString(at);
            case WHOLE -> row.getLong(at);
            case NUMBER -> row.getDouble(at);
            case BOOLEAN -> row.getBoolean(at);
            case TIME -> embedded ? row.getString(at) : row.getObject(at, OffsetDateTime.class);
            case BYTES -> row.getBytes(at);
        };
        if (value == null || row.wasNull()) {
            return null;
        }
        return switch (value) {
            case OffsetDateTime time -> TIME.format(time);
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            default -> value;
        };
    }

    /** Sets the parameters of an insert of these columns. */
    static void bind(PreparedStatement insert, JsonNode row, List<Column> columns, boolean embedded)
            throws SQLException {
        if (!row.isArray() || row.size() != columns.size()) {
            throw new SQLException("a row has " + row.size() + " values, not " + columns.size());
        }
        for (int i = 0; i < columns.size(); i++) {
            JsonNode value = row.get(i);
            int at = i + 1;
            if (value.isNull()) {
                insert.setNull(at, type(columns.get(i).kind()));
                continue;
            }
            switch (columns.get(i).kind()) {
                case TEXT -> insert.setString(at, value.asString());
                case WHOLE -> insert.setLong(at, value.asLong());
                case NUMBER -> insert.setDouble(at, value.asDouble());
                case BOOLEAN -> insert.setBoolean(at, value.asBoolean());
                case BYTES -> insert.setBytes(at, Base64.getDecoder().decode(value.asString()));
                case TIME -> {
                    Instant time = Instant.parse(value.asString());
                    if (embedded) {
                        insert.setString(at, TIME.format(time));
                    } else {
                        insert.setObject(at, time.atOffset(ZoneOffset.UTC));
                    }
                }
            }
        }
    }

    private static int type(Table.Kind kind) {
        return switch (kind) {
            case TEXT -> Types.VARCHAR;
            case WHOLE -> Types.BIGINT;
            case NUMBER -> Types.DOUBLE;
            case BOOLEAN -> Types.BOOLEAN;
            case BYTES -> Types.BINARY;
            case TIME -> Types.TIMESTAMP_WITH_TIMEZONE;
        };
    }
}
