/** What people and programs read of an investigation: the summary as text, JSON, Markdown and HTML, and the timeline. */
@NullMarked
package dev.whydunit.report;

import org.jspecify.annotations.NullMarked;
