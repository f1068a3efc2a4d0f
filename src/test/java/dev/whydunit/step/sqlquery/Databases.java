package dev.whydunit.step.sqlquery;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.jdbc.JdbcSettings;
import dev.whydunit.source.jdbc.JdbcSourceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Sources of databases for tests; every password reference gives the same secret. */
final class Databases {
    static final String SECRET = "s3cret+++";

    private Databases() {}

    static Object source(String url, String user, Optional<String> password) {
        return new JdbcSourceKind()
                .open(
                        "shop_db",
                        new JdbcSettings(url, Optional.of(user), password, Duration.ofSeconds(5)),
                        new SourceEnvironment() {
                            @Override
                            public String secret(String reference) {
                                return SECRET;
                            }

                            @Override
                            public Path resolve(String path) {
                                return Path.of(path).toAbsolutePath();
                            }
                        });
    }
}
