/** Cases of runbooks: what an investigation was given and saw, as readable YAML, and what it should have come to. */
@NullMarked
package dev.whydunit.cases;

import org.jspecify.annotations.NullMarked;
