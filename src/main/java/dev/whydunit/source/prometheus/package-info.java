/** A Prometheus server, or one that speaks its HTTP API. */
@NullMarked
package dev.whydunit.source.prometheus;

import org.jspecify.annotations.NullMarked;
