/** What helps to write runbooks: lint and the JSON Schema for editors. */
@NullMarked
package dev.whydunit.authoring;

import org.jspecify.annotations.NullMarked;
