package dev.whydunit.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * The short way of a delivery to its receiver. A receiver is open to everybody and knows its senders itself, so nothing that stands between
 * it and the network decides anything: that took four fifths of the time of an alert. Only the plain path of a receiver that there is goes
 * this way, letter by letter as it was sent; all else is answered as every other request is, by the same methods.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WebhookDoor extends HttpFilter {
    private static final String PATH = "/webhooks/";
    private static final JsonMapper JSON = new JsonMapper();

    private final transient WebhookController receivers;

    WebhookDoor(WebhookController receivers) {
        this.receivers = receivers;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        if (!path.startsWith(PATH) || !receivers.has(path.substring(PATH.length()))) {
            chain.doFilter(request, response);
            return;
        }
        if (!request.getMethod().equals("POST")) {
            answer(
                    ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
                            .allow(HttpMethod.POST)
                            .body(Map.of("error", "deliveries are sent by POST")),
                    response);
            return;
        }
        try {
            answer(receivers.receive(path.substring(PATH.length()), request), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServletException("the server is stopping", e);
        }
    }

    private static void answer(ResponseEntity<Map<String, Object>> answer, HttpServletResponse response)
            throws IOException {
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        byte[] body = JSON.writeValueAsBytes(answer.getBody());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
