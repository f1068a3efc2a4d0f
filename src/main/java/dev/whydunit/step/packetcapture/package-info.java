/** The step kind {@code packet_capture}: looks at the wire, live or in a capture file. */
@NullMarked
package dev.whydunit.step.packetcapture;

import org.jspecify.annotations.NullMarked;
