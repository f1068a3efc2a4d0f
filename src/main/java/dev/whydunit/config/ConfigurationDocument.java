package dev.whydunit.config;

import dev.whydunit.schema.About;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** The configuration as it is written. */
@About("Where things are and what is allowed.")
record ConfigurationDocument(
        @About("Values for one environment each, laid over the common ones.") List<Keyed<YamlNode>> environments,
        @About("Places that steps read, by name.") List<Keyed<YamlNode>> sources,
        @About("Hosts, by name.") List<Keyed<HostDocument>> hosts,
        @About("Services with their tier, owner, hosts and dependencies, by name.") List<Keyed<YamlNode>> services,
        @About("Webhook receivers, by name.") List<Keyed<YamlNode>> receivers,
        @About("The database that holds journals instead of the embedded one.") Optional<DatabaseSettings> database,
        @About(value = "Folders and files that hold runbooks.", example = "[runbooks]") List<String> runbooks,
        @About("What steps may do.") Optional<PolicyDocument> policy) {

    /** A host. */
    @About("A host.")
    record HostDocument(
            @About(value = "A name or an IP address; the host's own name when it is left out.", example = "10.0.0.5")
                    Optional<String> address,
            @About("How it is reached.") Optional<YamlNode> ssh) {}

    /** The policy. */
    @About("What steps may do.")
    record PolicyDocument(@About("Which programs steps may start.") Optional<CommandPolicy> commands) {}
}
