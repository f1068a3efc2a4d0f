package dev.whydunit.source.host;

import dev.whydunit.source.metric.Sampler.Gap;
import java.util.List;

/** Reads one part of the machine. */
interface Reading {
    /** Reads it, and gives what is missing. */
    List<Gap> read(HostFiles files, Metrics metrics) throws InterruptedException;
}
