package dev.whydunit.source.jdbc;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.util.Optional;

/**
 * How a database is reached.
 *
 * @param url its JDBC address
 * @param user a user that may only read
 * @param password a reference to the password
 * @param connectTimeout the longest that connecting may take
 */
@About("A database that is read through JDBC: PostgreSQL or H2.")
public record JdbcSettings(
        @About(value = "Its JDBC address.", example = "jdbc:postgresql://127.0.0.1/shop")
        String url,

        @About(value = "A user that may only read.", example = "reader")
        Optional<String> user,

        @About(value = "A reference to the user's password.", example = "file:secrets/shop_db")
        Optional<String> password,

        @About("The longest that connecting may take.") @Default("5s")
        Duration connectTimeout) {}
