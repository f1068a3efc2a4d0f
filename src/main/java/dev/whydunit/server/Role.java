package dev.whydunit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** What somebody may do; each may what the ones before it may. */
enum Role {
    /** May look. */
    VIEWER,
    /** May start investigations, answer and approve. */
    RESPONDER,
    /** May change runbooks. */
    AUTHOR,
    /** May make and revoke tokens. */
    ADMIN;

    /** For {@code @Secured}. */
    static final String VIEW = "ROLE_VIEWER";

    static final String RESPOND = "ROLE_RESPONDER";
    /** What those who signed in at the pages have instead: no method of the API asks for it. */
    static final String PAGE = "PAGE_";

    static final String PAGE_VIEW = "PAGE_VIEWER";
    static final String PAGE_RESPOND = "PAGE_RESPONDER";
    static final String ADMINISTER = "ROLE_ADMIN";

    static Optional<Role> named(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** The greatest that the bearer of an API token has; whoever has none may at most look. */
    static Role ofToken(@Nullable Authentication who) {
        Role greatest = VIEWER;
        for (Role role : values()) {
            if (who != null
                    && who.getAuthorities().stream()
                            .anyMatch(authority -> ("ROLE_" + role.name()).equals(authority.getAuthority()))) {
                greatest = role;
            }
        }
        return greatest;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What Spring Security calls what this role may do. */
    List<String> authorities() {
        List<String> authorities = new ArrayList<>();
        for (Role role : values()) {
            if (role.compareTo(this) <= 0) {
                authorities.add("ROLE_" + role.name());
            }
        }
        return authorities;
    }
}
