package dev.whydunit.config;

import dev.whydunit.schema.About;
import java.util.Optional;

/** The database that holds journals instead of the embedded one. */
@About("The database that holds journals instead of the embedded one.")
public record DatabaseSettings(
        @About(value = "Its JDBC address.", example = "jdbc:postgresql://127.0.0.1/whydunit")
        String url,

        @About("The user.") Optional<String> user,

        @About(value = "A reference to the password.", example = "env:DB_PASSWORD")
        Optional<String> password) {}
