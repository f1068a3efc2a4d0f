/** The configuration file {@code whydunit.yaml}: environments, sources, services, hosts, policy. */
@NullMarked
package dev.whydunit.config;

import org.jspecify.annotations.NullMarked;
