/**
 * The demonstration: a small real shop, faults that are really put into it, the load on it, and the alert that fires.
 *
 * <p>The shop is three processes of its own: {@link dev.whydunit.demo.DatabaseServer}, {@link dev.whydunit.demo.PaymentService}
 * and {@link dev.whydunit.demo.Shop}. {@link dev.whydunit.demo.Demo} starts and ends them.
 */
@NullMarked
package dev.whydunit.demo;

import org.jspecify.annotations.NullMarked;
