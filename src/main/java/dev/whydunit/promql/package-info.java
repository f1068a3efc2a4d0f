/** A subset of PromQL over samples in memory: what it computes is what Prometheus computes. Knows nothing else of ours. */
@NullMarked
package dev.whydunit.promql;

import org.jspecify.annotations.NullMarked;
