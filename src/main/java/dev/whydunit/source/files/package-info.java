/** The source {@code files}: log files of many formats, read with the same queries as Elasticsearch. */
@NullMarked
package dev.whydunit.source.files;

import org.jspecify.annotations.NullMarked;
