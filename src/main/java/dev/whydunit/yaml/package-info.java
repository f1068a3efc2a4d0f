/** YAML with positions: reading it within limits, binding it to records, and problems as values that are printed like a compiler's. */
@NullMarked
package dev.whydunit.yaml;

import org.jspecify.annotations.NullMarked;
