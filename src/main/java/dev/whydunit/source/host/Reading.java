package dev.whydunit.source.host;

import java.util.List;

/** Reads one part of the machine. */
interface Reading {
    /** @return what is missing and why it matters, each a sentence */
    List<String> read(HostFiles files, Metrics metrics) throws InterruptedException;
}
