package dev.whydunit.server;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.aot.AotDetector;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.SpringProperties;

/**
 * The web application: all of it that no configuration bears on. Which beans those are is worked out by the build, which puts code that
 * defines them into the archive; where that is missing, as in unit tests, Spring finds it out at the start by reading class files.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    Access.class,
    WebhookController.class,
    ApiController.class,
    IncidentController.class,
    NotificationController.class,
    PeopleController.class,
    ApprovalController.class,
    PageController.class,
    DatabaseGone.class,
    WrongRequests.class,
    HealthParts.class,
    EventStream.class,
    RequestTrace.class,
    WebhookDoor.class,
    SecurityHeaders.class,
    ApiDocs.class,
    WebParts.class
})
class ServerBeans {
    private static final String WORKED_OUT =
            ServerBeans.class.getSimpleName() + "__ApplicationContextInitializer.class";

    @Bean
    Measures measures(MeterRegistry registry) {
        return new Measures(registry);
    }

    /** For the build: it stops this application before a bean is made. */
    static void main(String[] arguments) {
        application().run(arguments);
    }

    /** Wants to be told what stands outside Spring before it makes its first bean. */
    static SpringApplicationBuilder application() {
        if (SpringProperties.getProperty(AotDetector.AOT_ENABLED) == null && isWorkedOut()) {
            SpringProperties.setFlag(AotDetector.AOT_ENABLED);
        }
        return new SpringApplicationBuilder(ServerBeans.class)
                .main(ServerBeans.class)
                .properties(properties());
    }

    /** Whether this is the archive, and has the code. Beside loose classes there may be some of an earlier build. */
    static boolean isWorkedOut() {
        URL code = ServerBeans.class.getResource(WORKED_OUT);
        return code != null && code.getProtocol().equals("jar");
    }

    /** Some decide which beans there are: they are those of the build. */
    private static Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.shutdown", "immediate");
        properties.put("server.error.include-message", "never");
        // Forms are those of the pages: a token, an answer.
        properties.put("server.tomcat.max-http-form-post-size", "16KB");
        properties.put("server.max-http-request-header-size", "32KB");
        properties.put("server.tomcat.connection-timeout", "20s");
        // By default Spring Boot believes X-Forwarded-For in a Kubernetes: anybody there could be any address.
        properties.put("server.forward-headers-strategy", "none");
        properties.put("spring.threads.virtual.enabled", "true");
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.main.log-startup-info", "false");
        properties.put("spring.jmx.enabled", "false");
        properties.put("management.endpoints.web.exposure.include", "health,prometheus");
        properties.put("management.endpoint.health.probes.enabled", "true");
        properties.put(
                "management.endpoint.health.group.readiness.include",
                "readinessState,database,disk,queue,clock,sources");
        // Only what says that the process itself is stuck: to restart it does not bring a database back.
        properties.put("management.endpoint.health.group.liveness.include", "livenessState");
        properties.put("management.endpoint.health.status.order", "DOWN,OUT_OF_SERVICE,DEGRADED,UP,UNKNOWN");
        properties.put("management.endpoint.health.roles", "VIEWER");
        properties.put("management.health.diskspace.enabled", "false");
        properties.put("management.health.ping.enabled", "false");
        properties.put("management.endpoint.health.show-details", "when_authorized");
        return properties;
    }
}
