/** The source {@code elasticsearch}: log events in Elasticsearch 8.19 or later. */
@NullMarked
package dev.whydunit.source.elasticsearch;

import org.jspecify.annotations.NullMarked;
