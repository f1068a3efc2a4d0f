/** Webhooks that bring alerts: who may send, and what was sent. Knows no server. */
@NullMarked
package dev.whydunit.webhook;

import org.jspecify.annotations.NullMarked;
