package dev.whydunit.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.h2.tools.Server;

/** The shop's database as a process: H2 with PostgreSQL's manners, in a file, served on 127.0.0.1. */
final class DatabaseServer {
    /** Environment variables with the passwords of the three users. */
    static final String OWNER_PASSWORD = "DEMO_OWNER_PASSWORD";

    static final String SHOP_PASSWORD = "DEMO_SHOP_PASSWORD";
    static final String MONITOR_PASSWORD = "DEMO_MONITOR_PASSWORD";

    private DatabaseServer() {}

    /** Takes the folder for the data. */
    public static void main(String[] arguments) throws SQLException {
        ParentWatch parent = new ParentWatch();
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Connection owner = DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("shop")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=500;CACHE_SIZE=65536;OPTIMIZE_REUSE_RESULTS=0",
                "owner",
                System.getenv(OWNER_PASSWORD));
        ShopSchema.create(owner, System.getenv(SHOP_PASSWORD), System.getenv(MONITOR_PASSWORD));
        PgStatActivity.readWith(owner);
        Server server = Server.createTcpServer("-tcpPort", "0", "-baseDir", folder.toString(), "-ifExists")
                .start();
        parent.ready(server.getPort(), command -> {});
    }

    /** The address of the database for a client. */
    static String url(int port) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/./shop";
    }
}
