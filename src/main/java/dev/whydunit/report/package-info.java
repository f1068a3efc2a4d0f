/** The summary of an investigation, and how it is written as text, JSON, Markdown and HTML. All text in it may be hostile. */
@NullMarked
package dev.whydunit.report;

import org.jspecify.annotations.NullMarked;
