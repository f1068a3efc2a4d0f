package dev.whydunit.server;

import dev.whydunit.store.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Whose a token is, unless nobody's were tried too often from there: one count for all doors. Thread-safe. */
final class TokenCheck {
    private final Tokens tokens;
    private final Database database;
    private final SignIns signIns = new SignIns();

    TokenCheck(Tokens tokens, Database database) {
        this.tokens = tokens;
        this.database = database;
    }

    /** What came of it. */
    sealed interface Known {
        /** Somebody's. */
        record Held(Tokens.Holder holder) implements Known {}

        /** Nobody's. */
        record Nobodys() implements Known {}

        /** Not looked up. */
        record TooMany() implements Known {}
    }

    /** @param address where it was shown */
    Known of(String token, String address) throws SQLException {
        Instant now = database.clock().instant();
        if (!Tokens.isOurs(token) && tokens.lastKnown(token).isEmpty() && !signIns.mayTry(address, now)) {
            return new Known.TooMany();
        }
        Optional<Tokens.Holder> holder = tokens.holder(token);
        if (holder.isPresent()) {
            return new Known.Held(holder.get());
        }
        if (signIns.failed(address, now)) {
            AuditTrail.add(database, address, "was refused: too many tokens that nobody has", "");
        }
        return new Known.Nobodys();
    }
}
