/** What every source of metrics has in common: the port, collected samples, and HTTP with limits. */
@NullMarked
package dev.whydunit.source.metric;

import org.jspecify.annotations.NullMarked;
