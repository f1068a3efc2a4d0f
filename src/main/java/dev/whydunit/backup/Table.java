package dev.whydunit.backup;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as the database describes it.
 *
 * @param key the columns of its primary key, in order; empty when it has none
 */
record Table(String name, List<Column> columns, List<String> key) {
    private static final String FLYWAY = "flyway_schema_history";

    /** What a column holds, whatever the database calls that. */
    enum Kind {
        TEXT,
        WHOLE,
        NUMBER,
        BOOLEAN,
        TIME,
        BYTES;

        static Kind of(String type) {
            String lower = type.toLowerCase(Locale.ROOT);
            if (lower.contains("bool")) {
                return BOOLEAN;
            }
            if (lower.contains("bytea") || lower.contains("blob")) {
                return BYTES;
            }
            if (lower.contains("timestamp")) {
                return TIME;
            }
            if (lower.contains("double") || lower.contains("float") || lower.contains("real")) {
                return NUMBER;
            }
            return lower.contains("int") ? WHOLE : TEXT;
        }
    }

    /** A column. */
    record Column(String name, Kind kind) {}

    /** The tables of a database, each after those that its rows refer to; Flyway's own left out. */
    static List<Table> all(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        String schema = schema(connection);
        Map<String, Table> tables = new TreeMap<>();
        try (ResultSet rows = meta.getTables(null, schema, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                if (!name.equals(FLYWAY) && !name.startsWith("sqlite_")) {
                    tables.put(name, new Table(name, List.of(), List.of()));
                }
            }
        }
        Map<String, Set<String>> parents = new LinkedHashMap<>();
        for (String name : List.copyOf(tables.keySet())) {
            tables.put(name, new Table(name, columns(meta, schema, name), key(meta, schema, name)));
            Set<String> refersTo = new LinkedHashSet<>();
            try (ResultSet rows = meta.getImportedKeys(null, schema, name)) {
                while (rows.next()) {
                    refersTo.add(rows.getString("PKTABLE_NAME"));
                }
            }
            refersTo.remove(name);
            parents.put(name, refersTo);
        }
        Set<String> ordered = new LinkedHashSet<>();
        while (ordered.size() < tables.size()) {
            boolean more = false;
            for (Map.Entry<String, Set<String>> table : parents.entrySet()) {
                if (!ordered.contains(table.getKey()) && ordered.containsAll(table.getValue())) {
                    ordered.add(table.getKey());
                    more = true;
                }
            }
            if (!more) {
                throw new SQLException("tables refer to each other in a ring");
            }
        }
        return ordered.stream()
                .flatMap(name ->
                        tables.values().stream().filter(table -> table.name().equals(name)))
                .toList();
    }

    /** SQLite has none. */
    private static @Nullable String schema(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL") ? connection.getSchema() : null;
    }

    private static List<Column> columns(DatabaseMetaData meta, @Nullable String schema, String table)
            throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet rows = meta.getColumns(null, schema, table, "%")) {
            while (rows.next()) {
                if (rows.getString("TABLE_NAME").equals(table)) {
                    columns.add(new Column(rows.getString("COLUMN_NAME"), Kind.of(rows.getString("TYPE_NAME"))));
                }
            }
        }
        return List.copyOf(columns);
    }

    private record KeyPart(int at, String column) {}

    private static List<String> key(DatabaseMetaData meta, @Nullable String schema, String table) throws SQLException {
        List<KeyPart> key = new ArrayList<>();
        try (ResultSet rows = meta.getPrimaryKeys(null, schema, table)) {
            while (rows.next()) {
                key.add(new KeyPart(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME")));
            }
        }
        key.sort(Comparator.comparingInt(KeyPart::at));
        return key.stream().map(KeyPart::column).toList();
    }

    String select() {
        return "select " + columns.stream().map(Column::name).collect(Collectors.joining(", ")) + " from " + name
                + (key.isEmpty() ? "" : " order by " + String.join(", ", key));
    }
}
