/** Runs runbooks on what cases say was seen, by the real engine and without touching anything, and judges what comes of it. */
@NullMarked
package dev.whydunit.replay;

import org.jspecify.annotations.NullMarked;
