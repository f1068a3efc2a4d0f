/** Annotations that describe a record to authors: schema, completion, documentation and binding are made from them. */
@NullMarked
package dev.whydunit.schema;

import org.jspecify.annotations.NullMarked;
