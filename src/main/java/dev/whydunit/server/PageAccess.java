package dev.whydunit.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Knows who signed in at the pages by their cookie. It gives the authorities of pages and no other: whatever the path, no method of the API
 * takes a cookie, so that no foreign page can make a browser call it.
 */
final class PageAccess extends OncePerRequestFilter {
    private static final int LONGEST = 100;
    /** Browsers take it from this very host over TLS alone. */
    private static final String TLS_COOKIE = "__Host-whydunit";

    private static final String PLAIN_COOKIE = "whydunit";

    private final PageSessions sessions;

    PageAccess(PageSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> cookie = cookie(request);
        if (cookie.isPresent() && SecurityContextHolder.getContext().getAuthentication() == null) {
            try {
                sessions.find(cookie.get()).ifPresent(PageAccess::isFrom);
            } catch (SQLException e) {
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                return;
            }
        }
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private static void isFrom(PageSessions.Session session) {
        List<String> authorities = new ArrayList<>();
        for (Role role : Role.values()) {
            if (role.compareTo(session.holder().role()) <= 0) {
                authorities.add(Role.PAGE + role.name());
            }
        }
        UsernamePasswordAuthenticationToken who = UsernamePasswordAuthenticationToken.authenticated(
                session.holder().name(), null, AuthorityUtils.createAuthorityList(authorities));
        who.setDetails(session);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(who);
        SecurityContextHolder.setContext(context);
    }

    /** What the browser keeps; empty when it keeps nothing of ours. */
    static Optional<String> cookie(HttpServletRequest request) {
        if (request.getCookies() == null) {
            return Optional.empty();
        }
        for (Cookie cookie : request.getCookies()) {
            if (cookie.getName().equals(name(request)) && cookie.getValue().length() <= LONGEST) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    /** The header that makes the browser keep this; empty text makes it forget. */
    static ResponseCookie kept(HttpServletRequest request, String text) {
        return ResponseCookie.from(name(request), text)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .path("/")
                .maxAge(text.isEmpty() ? Duration.ZERO : PageSessions.LIFE)
                .build();
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? TLS_COOKIE : PLAIN_COOKIE;
    }

    /** Whether a browser without a session asks for a page: it is shown where to sign in. */
    static boolean wantsPage(HttpServletRequest request) {
        String accepts = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET")
                && accepts != null
                && accepts.contains("text/html")
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    /** Where a browser without a session signs in first. */
    static String signIn(HttpServletRequest request) {
        return "/sign-in?next=" + URLEncoder.encode(next(request.getServletPath()), StandardCharsets.UTF_8);
    }

    /** A path of these pages and nothing else: nobody is sent elsewhere by a link. */
    static String next(String asked) {
        return asked.matches("/investigations/[A-Za-z0-9-]{1,100}") ? asked : "/approvals";
    }
}
