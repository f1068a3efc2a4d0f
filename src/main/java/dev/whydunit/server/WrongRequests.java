package dev.whydunit.server;

import dev.whydunit.alert.Payload;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** Says what is wrong with a request that reaches no method: each answer is JSON with the key {@code error}, as those of the methods are. */
@RestControllerAdvice
final class WrongRequests {
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> parameter(MethodArgumentTypeMismatchException wrong) {
        boolean number = Optional.ofNullable(wrong.getRequiredType())
                .map(type -> type == int.class)
                .orElse(false);
        return answer(
                HttpStatus.BAD_REQUEST,
                wrong.getName() + ": expected " + (number ? "a whole number" : "something else") + ", found "
                        + Payload.oneLine(String.valueOf(wrong.getValue())));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> body(HttpMessageNotReadableException wrong) {
        String why = wrong.getCause() instanceof JacksonException json
                ? "the body is not the JSON object that is expected: " + Payload.oneLine(json.getOriginalMessage())
                : "the body is empty; a JSON object is expected";
        return answer(HttpStatus.BAD_REQUEST, why);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> type(HttpMediaTypeNotSupportedException wrong) {
        return answer(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send Content-Type: application/json");
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> accept(HttpMediaTypeNotAcceptableException wrong) {
        return answer(HttpStatus.NOT_ACCEPTABLE, "the answer is JSON: send Accept: application/json, or none");
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> method(HttpRequestMethodNotSupportedException wrong) {
        String allowed = String.join(
                ", ",
                Optional.ofNullable(wrong.getSupportedMethods()).orElseGet(() -> new String[] {"another method"}));
        return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
                .header(HttpHeaders.ALLOW, allowed)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", wrong.getMethod() + " is not to be sent here; " + allowed + " is"));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> path(NoResourceFoundException wrong) {
        return answer(HttpStatus.NOT_FOUND, "there is nothing at this path; /v3/api-docs lists what there is");
    }

    private static ResponseEntity<Map<String, Object>> answer(HttpStatus status, String why) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", why));
    }
}
