package dev.whydunit.source.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which JDBC addresses are allowed. A JDBC address can run code: H2's INIT runs statements, PostgreSQL's driver can load
 * classes by name (CVE-2021-42392, CVE-2022-21724). So what an address may hold is listed, and the rest refused.
 */
final class JdbcAddress {
    private static final String POSTGRESQL = "jdbc:postgresql://";
    private static final String H2 = "jdbc:h2:";
    private static final Set<String> H2_SETTINGS = Set.of(
            "MODE",
            "IFEXISTS",
            "DATABASE_TO_LOWER",
            "DATABASE_TO_UPPER",
            "CASE_INSENSITIVE_IDENTIFIERS",
            "DB_CLOSE_DELAY",
            "ACCESS_MODE_DATA");
    private static final Set<String> POSTGRESQL_SETTINGS =
            Set.of("ssl", "sslmode", "sslrootcert", "currentSchema", "targetServerType", "channelBinding");
    private static final List<String> H2_LOCAL_SERVERS =
            List.of("tcp://127.0.0.1:", "tcp://localhost:", "tcp://[::1]:");

    private JdbcAddress() {}

    /**
     * The address when it is allowed, with what keeps H2 from making or writing a file.
     *
     * @throws IllegalArgumentException when it is not; the message says which part
     */
    static String checked(String url) {
        if (url.startsWith(POSTGRESQL)) {
            int question = url.indexOf('?');
            if (question >= 0) {
                for (String setting : url.substring(question + 1).split("&", -1)) {
                    allow(setting, POSTGRESQL_SETTINGS, url);
                }
            }
            return url;
        }
        if (url.startsWith(H2)) {
            String[] parts = url.substring(H2.length()).split(";", -1);
            String database = parts[0];
            boolean local = database.startsWith("file:")
                    || database.startsWith("mem:")
                    || H2_LOCAL_SERVERS.stream().anyMatch(database::startsWith);
            if (!local) {
                throw new IllegalArgumentException(
                        "H2 address " + url + " is not allowed: it starts with file:, mem: or tcp://127.0.0.1:");
            }
            for (int i = 1; i < parts.length; i++) {
                allow(parts[i].toUpperCase(Locale.ROOT), H2_SETTINGS, url);
            }
            return closed(url, database);
        }
        throw new IllegalArgumentException(
                "no driver for " + url + "; an address begins with jdbc:postgresql:// or jdbc:h2:");
    }

    /** A database that is not there is not made, and its file is opened for reading only. */
    private static String closed(String url, String database) {
        String upper = url.toUpperCase(Locale.ROOT);
        StringBuilder closed = new StringBuilder(url);
        if (!database.startsWith("tcp:") && !upper.contains(";IFEXISTS=")) {
            closed.append(";IFEXISTS=TRUE");
        }
        if (database.startsWith("file:") && !upper.contains(";ACCESS_MODE_DATA=")) {
            closed.append(";ACCESS_MODE_DATA=r");
        }
        return closed.toString();
    }

    private static void allow(String setting, Set<String> allowed, String url) {
        int equals = setting.indexOf('=');
        String name = equals < 0 ? setting : setting.substring(0, equals);
        if (!allowed.contains(name)) {
            throw new IllegalArgumentException("setting " + name + " is not allowed in a JDBC address; allowed are "
                    + String.join(", ", allowed.stream().sorted().toList()));
        }
    }

    static boolean isH2(String url) {
        return url.startsWith(H2);
    }
}
