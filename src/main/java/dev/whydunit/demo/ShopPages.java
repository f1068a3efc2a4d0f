package dev.whydunit.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/** The shop's pages: what each reads and writes. Thread-safe. */
final class ShopPages {
    private final DataSource pool;
    private final Statements statements;
    private final Payments payments;
    private final PasswordCheck passwords;

    ShopPages(DataSource pool, Statements statements, Payments payments, PasswordCheck passwords) {
        this.pool = pool;
        this.statements = statements;
        this.payments = payments;
        this.passwords = passwords;
    }

    /** The products of a category. */
    int products(HttpExchange exchange) throws IOException, SQLException {
        return list(exchange, "products.of_category", (int) (number(exchange) % ShopSchema.CATEGORIES));
    }

    /** A customer's last orders. */
    int orders(HttpExchange exchange) throws IOException, SQLException {
        return list(exchange, "orders.of_customer", customer(exchange));
    }

    /** Checks the password and takes the payment first, so that no connection is kept while another service answers; then stores the order. */
    int checkout(HttpExchange exchange) throws IOException, SQLException, PaymentFailed, InterruptedException {
        long customer = customer(exchange);
        long product = 1 + number(exchange) % ShopSchema.PRODUCTS;
        if (!passwords.passes()) {
            return send(exchange, Answer.json(403, "{\"error\": \"password\"}"));
        }
        try {
            payments.charge(customer);
        } catch (IOException e) {
            throw new PaymentFailed(e);
        }
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                statements.change(connection, "products.take_from_stock", product);
                statements.change(
                        connection,
                        "orders.add",
                        customer,
                        product,
                        Instant.now().atOffset(java.time.ZoneOffset.UTC));
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
        return send(exchange, Answer.json(200, "{\"status\": \"ordered\"}"));
    }

    /**
     * All orders as CSV, for partners: read some hundred at a time, each written before the next are read, in the transaction
     * that also notes the export.
     */
    int export(HttpExchange exchange) throws IOException, SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (exchange) {
                statements.change(connection, "exports.add", Instant.now().atOffset(java.time.ZoneOffset.UTC));
                exchange.getResponseHeaders().set("Content-Type", "text/csv");
                exchange.sendResponseHeaders(200, 0);
                Writer csv =
                        new BufferedWriter(new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8));
                long last = 0;
                while (last >= 0) {
                    last = exportAfter(connection, last, csv);
                }
                csv.flush();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
        return 200;
    }

    private int list(HttpExchange exchange, String statement, Object value) throws IOException, SQLException {
        StringBuilder json = new StringBuilder("[");
        try (Connection connection = pool.getConnection()) {
            statements.query(connection, statement, rows -> writeJson(rows, json), value);
        }
        return send(exchange, Answer.json(200, json.append(']').toString()));
    }

    private static int send(HttpExchange exchange, Answer answer) throws IOException {
        answer.send(exchange);
        return answer.status();
    }

    /** The values are numbers and the shop's own names: nothing in them needs escaping. */
    private static void writeJson(ResultSet rows, StringBuilder json) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
            json.append(json.length() > 1 ? ",\n{" : "{");
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                json.append(i > 1 ? ", \"" : "\"")
                        .append(columns.getColumnLabel(i))
                        .append("\": \"")
                        .append(rows.getString(i))
                        .append('"');
            }
            json.append('}');
        }
    }

    /** Writes the orders after this one; gives the last one's id, or -1 when there are no more. */
    private long exportAfter(Connection connection, long id, Writer csv) throws SQLException {
        long[] last = {-1};
        statements.query(
                connection,
                "orders.after",
                rows -> {
                    while (rows.next()) {
                        last[0] = rows.getLong(1);
                        writeCsv(rows, csv);
                    }
                },
                id);
        return last[0];
    }

    private static void writeCsv(ResultSet row, Writer csv) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        try {
            for (int i = 1; i <= columns; i++) {
                csv.append(row.getString(i)).append(i < columns ? ',' : '\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long customer(HttpExchange exchange) {
        return 1 + number(exchange) % ShopSchema.CUSTOMERS;
    }

    /** The number that every request carries as its query, such as {@code /orders?17}; 0 for anything else. */
    private static long number(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query != null && query.matches("\\d{1,9}") ? Long.parseLong(query) : 0;
    }
}
