package dev.whydunit.config;

import dev.whydunit.schema.About;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** {@code whydunit.yaml} as it is written. */
@About("Where runbooks look: sources, services, hosts, and what is allowed.")
record ConfigurationDocument(
        @About("Other values of the keys beside this one, by environment; they lie over the common ones.")
        List<Keyed<YamlNode.Mapping>> environments,

        @About("The places that steps read, by name.") List<Keyed<YamlNode.Mapping>> sources,
        @About("The service catalogue, by name.") List<Keyed<YamlNode.Mapping>> services,

        @About(
                value = "Backstage's files that hold services too; services lies over them.",
                example = "[catalog-info.yaml]")
        Optional<Scalars> catalogue,

        @About("Machines, by name.") List<Keyed<HostDocument>> hosts,
        @About("Webhooks that bring alerts, by name.") List<Keyed<YamlNode.Mapping>> receivers,

        @About("Runbooks that are run at set times, by name.")
        List<Keyed<ScheduleReader.Document>> schedules,

        @About("How alerts become incidents.") Optional<IncidentSettings> incidents,

        @About(
                value = "Where people reach the server; links in messages begin with it.",
                example = "https://whydunit.example.org")
        Optional<YamlNode.Scalar> publicUrl,

        @About("Where messages go.") Optional<YamlNode> notifications,

        @About("The database of journals; embedded when it is left out.")
        Optional<DatabaseSettings> database,

        @About("How long and how much is kept.") Optional<RetentionSettings> retention,
        @About("What a server needs to be ready.") Optional<HealthSettings> health,
        @About("What a server shows those who connect.") Optional<TlsSettings> tls,
        @About("How a server logs.") Optional<LoggingSettings> logging,
        @About("Where spans of investigations go.") Optional<TracingSettings> tracing,
        @About("Which addresses steps may ask.") Optional<OutboundSettings> outbound,
        @About("Folders and files that hold runbooks.") Optional<Scalars> runbooks,
        @About("What steps may do.") Optional<PolicyDocument> policy) {

    @About("A machine.")
    record HostDocument(
            @About(value = "A name or an IP address.", example = "10.0.0.5")
            Optional<String> address,

            @About("How it is reached.") Optional<YamlNode> ssh) {}
}
