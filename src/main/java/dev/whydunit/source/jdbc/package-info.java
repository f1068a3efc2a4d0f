/** Databases through JDBC, read-only. */
@NullMarked
package dev.whydunit.source.jdbc;

import org.jspecify.annotations.NullMarked;
