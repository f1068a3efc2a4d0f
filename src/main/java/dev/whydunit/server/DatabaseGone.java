package dev.whydunit.server;

import dev.whydunit.engine.JournalFailure;
import dev.whydunit.store.Unreachable;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers 503 while the database is not there: that passes, and is no mistake of whoever asks. */
@RestControllerAdvice
final class DatabaseGone {
    private static final String RETRY_SECONDS = "5";

    @ExceptionHandler({SQLException.class, JournalFailure.class, CompletionException.class})
    ResponseEntity<Map<String, Object>> gone(Exception failure) throws Exception {
        if (!Unreachable.is(failure)) {
            throw failure;
        }
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .body(Map.of("error", "the database cannot be reached; ask again in " + RETRY_SECONDS + " s"));
    }
}
