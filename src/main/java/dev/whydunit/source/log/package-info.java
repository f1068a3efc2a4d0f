/** What a source of log events answers, whatever it is: one question, one answer, the same numbers from all of them. */
@NullMarked
package dev.whydunit.source.log;

import org.jspecify.annotations.NullMarked;
