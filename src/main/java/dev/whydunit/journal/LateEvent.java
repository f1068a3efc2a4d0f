package dev.whydunit.journal;

import dev.whydunit.engine.Event;
import java.time.Instant;

/**
 * What an attempt that was thought dead still saw after another had taken over: kept, and used for nothing.
 *
 * @param attempt the attempt that saw it
 */
public record LateEvent(int attempt, Instant at, Event event) {}
