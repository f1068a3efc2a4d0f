/** Whether this machine and its configuration are fit to run, check by check. */
@NullMarked
package dev.whydunit.doctor;

import org.jspecify.annotations.NullMarked;
