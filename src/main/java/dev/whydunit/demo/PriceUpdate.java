package dev.whydunit.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A batch job: changes all prices in one transaction and keeps it open while it does other things. */
final class PriceUpdate {
    private static final long HOLD_MILLIS = 20_000;

    private PriceUpdate() {}

    /** Takes the database's address. Runs until it is ended. */
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        ParentWatch parent = new ParentWatch();
        try (Connection connection =
                DriverManager.getConnection(arguments[0], "shop", System.getenv(DatabaseServer.SHOP_PASSWORD))) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set lock_timeout 10000");
                statement.executeUpdate("update products set price = price * 1.01");
                parent.ready(0, command -> {});
                while (true) {
                    Thread.sleep(HOLD_MILLIS);
                    connection.commit();
                    statement.executeUpdate("update products set price = price * 1.01");
                }
            }
        }
    }
}
