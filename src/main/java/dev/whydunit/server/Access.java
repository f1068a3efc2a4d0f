package dev.whydunit.server;

import dev.whydunit.store.Database;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Who may do what. Nothing is open but health, the page where one signs in, and the receivers, which check their senders themselves; behind
 * that every method of the API and of the pages names its role, whatever the path that led to it.
 */
@Configuration(proxyBeanMethods = false)
class Access {
    @Bean
    TokenCheck tokenCheck(Tokens tokens, Database database) {
        return new TokenCheck(tokens, database);
    }

    /** To watch each of the chain's sixteen filters by itself takes longer than they do. */
    @Bean
    SecurityObservationSettings unwatched() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, Tokens tokens, TokenCheck check, PageSessions signedIn) {
        return http.csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .httpBasic(basic -> basic.disable())
                .formLogin(form -> form.disable())
                .anonymous(anonymous -> anonymous.disable())
                // Set on every answer, before any filter: SecurityHeaders.
                .headers(headers -> headers.disable())
                .exceptionHandling(errors -> errors.authenticationEntryPoint((request, response, e) -> {
                            if (PageAccess.wantsPage(request)) {
                                response.setStatus(HttpServletResponse.SC_SEE_OTHER);
                                response.setHeader(HttpHeaders.LOCATION, PageAccess.signIn(request));
                            } else {
                                answer(response, 401, "not authenticated: send Authorization: Bearer TOKEN");
                            }
                        })
                        .accessDeniedHandler(
                                (request, response, e) -> answer(response, 403, "this token's role may not do that")))
                .addFilterBefore(new BearerFilter(tokens, check), AuthorizationFilter.class)
                .addFilterBefore(new PageAccess(signedIn), AuthorizationFilter.class)
                .addFilterAfter(new BodyLimit(), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        // What went wrong is said as that, and not as a token that nobody knows.
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/webhooks/*")
                        .permitAll()
                        .requestMatchers(
                                HttpMethod.GET,
                                "/actuator/health",
                                "/actuator/health/liveness",
                                "/actuator/health/readiness")
                        .permitAll()
                        .requestMatchers("/sign-in")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .hasRole("VIEWER")
                        .anyRequest()
                        .authenticated())
                .build();
    }

    /** Asks the matched method and never the path: one that names no role is nobody's. */
    @Bean
    WebMvcConfigurer roles(Database database) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RoleCheck());
                registry.addInterceptor(new AuditTrail(database)).addPathPatterns("/api/**");
            }
        };
    }

    private static final class RoleCheck implements HandlerInterceptor {
        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
                throws IOException {
            if (!(handler instanceof HandlerMethod method)
                    || method.getBeanType() == WebhookController.class
                    || method.hasMethodAnnotation(OpenToAll.class)
                    || request.getDispatcherType() == DispatcherType.ERROR) {
                return true;
            }
            Secured secured = method.getMethodAnnotation(Secured.class);
            List<String> roles = secured == null ? described(method) : Arrays.asList(secured.value());
            Authentication who = SecurityContextHolder.getContext().getAuthentication();
            boolean may = who != null
                    && who.getAuthorities().stream().anyMatch(authority -> roles.contains(authority.getAuthority()));
            if (!may) {
                answer(response, 403, "this token's role may not do that");
            }
            return may;
        }
    }

    /** Who may read the description of the API, which names no role itself: whoever may look. */
    private static List<String> described(HandlerMethod method) {
        return method.getBeanType().getName().startsWith(ApiDocs.MAKER + ".") ? List.of(Role.VIEW) : List.of();
    }

    static void answer(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        if (status == 401) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        response.getWriter().print("{\"error\":\"" + why + "\"}");
    }

    /** Knows the holder of a bearer token. A request without one goes on as nobody's. */
    private static final class BearerFilter extends OncePerRequestFilter {
        private static final String SCHEME = "Bearer ";
        private static final int LONGEST = 200;

        private final Tokens tokens;
        private final TokenCheck check;

        BearerFilter(Tokens tokens, TokenCheck check) {
            this.tokens = tokens;
            this.check = check;
        }

        /** Whether to go on; an answer was given otherwise. */
        private boolean known(String token, HttpServletRequest request, HttpServletResponse response)
                throws IOException, SQLException {
            switch (check.of(token, request.getRemoteAddr())) {
                case TokenCheck.Known.Held held ->
                    isFrom(held.holder(), held.holder().role().authorities());
                case TokenCheck.Known.Nobodys nobodys -> {
                    // It goes on as nobody's.
                }
                case TokenCheck.Known.TooMany many -> {
                    response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(SignIns.EVERY_SECONDS));
                    answer(response, 429, "too many tokens from this address were nobody's; try again later");
                    return false;
                }
            }
            return true;
        }

        private static void isFrom(Tokens.Holder holder, List<String> authorities) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                    holder.name(), null, AuthorityUtils.createAuthorityList(authorities)));
            SecurityContextHolder.setContext(context);
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String header = request.getHeader(HttpHeaders.AUTHORIZATION);
            boolean receiver = request.getServletPath().startsWith("/webhooks/");
            if (!receiver && header != null && header.startsWith(SCHEME) && header.length() <= LONGEST) {
                String token = header.substring(SCHEME.length()).strip();
                try {
                    if (!known(token, request, response)) {
                        return;
                    }
                } catch (SQLException e) {
                    if (!request.getServletPath().startsWith("/actuator/")) {
                        answer(response, 503, "the database cannot be asked whose token this is");
                        return;
                    }
                    // Health and metrics say what is wrong with the database: whoever could see them lately still can.
                    tokens.lastKnown(token).ifPresent(holder -> isFrom(holder, Role.VIEWER.authorities()));
                }
            }
            try {
                chain.doFilter(request, response);
            } finally {
                SecurityContextHolder.clearContext();
            }
        }
    }
}
