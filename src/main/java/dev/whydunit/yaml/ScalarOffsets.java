package dev.whydunit.yaml;

/** Maps a character of a scalar's value to its place in the file. */
interface ScalarOffsets {
    Position positionOf(int offset);
}
