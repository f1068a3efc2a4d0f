/** {@code whydunit serve}: webhooks, the API, and the investigations that alerts start. The only package that knows Spring's web. */
@NullMarked
package dev.whydunit.server;

import org.jspecify.annotations.NullMarked;
