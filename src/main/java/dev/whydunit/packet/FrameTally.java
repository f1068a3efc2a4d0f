package dev.whydunit.packet;

/** Counts of frames, fragments and datagrams over the whole capture. */
final class FrameTally {
    long broadcasts;
    long multicasts;

    long fragments;
    long reassembled;
    long overlapping;

    long datagrams;
}
