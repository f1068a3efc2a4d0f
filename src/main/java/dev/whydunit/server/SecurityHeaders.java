package dev.whydunit.server;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What every answer tells browsers, those to requests that no filter of ours ever sees among them. Whoever answers may say otherwise, as
 * for files that may be kept.
 */
@Configuration(proxyBeanMethods = false)
class SecurityHeaders {
    static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> headersOfEveryAnswer() {
        return factory -> factory.addEngineValves(valve());
    }

    private static Valve valve() {
        return new ValveBase(true) {
            @Override
            public void invoke(Request request, Response response) throws IOException, ServletException {
                ALWAYS.forEach(response::setHeader);
                if (request.isSecure()) {
                    response.setHeader("Strict-Transport-Security", "max-age=31536000");
                }
                getNext().invoke(request, response);
            }
        };
    }
}
