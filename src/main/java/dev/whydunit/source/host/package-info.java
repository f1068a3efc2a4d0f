/** This machine's metrics from /proc and /sys, by the names of Prometheus' node_exporter. */
@NullMarked
package dev.whydunit.source.host;

import org.jspecify.annotations.NullMarked;
