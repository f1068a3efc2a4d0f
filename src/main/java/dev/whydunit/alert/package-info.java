/** Alerts as other systems send them, and matchers on their labels. Everything in an alert is hostile text. */
@NullMarked
package dev.whydunit.alert;

import org.jspecify.annotations.NullMarked;
