/**
 * How requests leave whose address a runbook or an alert had a say in: the name is looked up once, every address is checked, and the checked
 * one is connected to.
 */
@NullMarked
package dev.whydunit.outbound;

import org.jspecify.annotations.NullMarked;
