/** Endpoints in Prometheus' text format, read directly. */
@NullMarked
package dev.whydunit.source.scrape;

import org.jspecify.annotations.NullMarked;
