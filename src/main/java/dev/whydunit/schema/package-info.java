/** What records say of themselves to authors: annotations, names, how durations are written. Schema, completion, documentation and binding are made from them. */
@NullMarked
package dev.whydunit.schema;

import org.jspecify.annotations.NullMarked;
