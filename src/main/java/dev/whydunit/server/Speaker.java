package dev.whydunit.server;

/**
 * Who wants something of an investigation.
 *
 * @param role that their token has: policy takes what is done for them as started by it
 */
record Speaker(String name, Role role) {}
