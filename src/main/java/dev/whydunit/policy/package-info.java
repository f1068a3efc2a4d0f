/** What steps may do, to whom: the rules of the configuration, decided. */
@NullMarked
package dev.whydunit.policy;

import org.jspecify.annotations.NullMarked;
