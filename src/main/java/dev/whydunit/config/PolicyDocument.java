package dev.whydunit.config;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import java.time.Duration;
import java.util.Optional;

/** {@code policy:} as it is written. */
@About("What steps may do.")
record PolicyDocument(
        @About("Programs that steps may start.") @Default("{}")
        Names commands,

        @About("Hosts that steps may run on.") @Default("{}")
        Names hosts,

        @About("Network interfaces that steps may capture on.") @Default("{}")
        Names interfaces,

        @About("Sources that steps may read.") @Default("{}")
        Names sources,

        @About("Steps that only some people's investigations may run: a list of maps.")
        Optional<YamlNode> restricted,

        @About(
                "What steps may change, after a person has allowed it: a list of maps. Where it is left out, nothing on a server, and at a prompt what the person there allows.")
        Optional<YamlNode> writes) {

    @About("Names, in which * stands for any characters.")
    record Names(
            @About(value = "Never these.", example = "[rm, dd, mkfs]")
            Optional<Scalars> deny,

            @About("Only these; any when it is left out.") Optional<Scalars> allow) {}

    @About("Steps that only some people's investigations may run: those that fit every key given here.")
    record RestrictionDocument(
            @About(value = "Kinds of steps.", example = "[packet_capture]")
            Optional<Scalars> kinds,

            @About("Programs.") Optional<Scalars> commands,
            @About("Hosts.") Optional<Scalars> hosts,
            @About("Network interfaces.") Optional<Scalars> interfaces,
            @About("Sources.") Optional<Scalars> sources,

            @About(
                    value =
                            "Who must have started the investigation: alert, schedule, command (a person at a prompt of that machine), or the least role of an API token.",
                    example = "[responder]")
            Scalars startedBy) {}

    @About("Steps that change something and may be put to a person.")
    record GrantDocument(
            @About(value = "Kinds of steps; any when it is left out.", example = "[remedy]")
            Optional<Scalars> kinds,

            @About(value = "Programs; none when it is left out.", example = "[systemctl]")
            Optional<Scalars> commands,

            @About(value = "Hosts; any when it is left out.", example = "['web*']")
            Optional<Scalars> hosts,

            @About("Network interfaces; none when it is left out.")
            Optional<Scalars> interfaces,

            @About("Sources; none when it is left out.") Optional<Scalars> sources,

            @About(value = "Channels that messages go to; none when it is left out.", example = "[oncall]")
            Optional<Scalars> channels,

            @About("Who must have started the investigation, as for restricted; anybody when it is left out.")
            Optional<Scalars> startedBy,

            @About(value = "The least role that may approve: responder, author or admin.", example = "admin")
            @Default(PolicySettings.APPROVERS)
            String approvers,

            @About("How long a person is waited for; after that it is denied.") @Default("10m")
            Duration expires) {}

    @About("The short form of one entry of writes.")
    record ShortGrant(
            @About(value = "Programs that may be asked for; none when it is left out.", example = "[systemctl]")
            Optional<Scalars> allow,

            @About(value = "The least role that may approve: responder, author or admin.", example = "admin")
            @Default(PolicySettings.APPROVERS)
            String approvers,

            @About("How long a person is waited for; after that it is denied.") @Default("10m")
            Duration expires) {}
}
