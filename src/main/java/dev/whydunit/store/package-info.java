/** The database: embedded or PostgreSQL, its schema, and writes that many share one commit for. */
@NullMarked
package dev.whydunit.store;

import org.jspecify.annotations.NullMarked;
