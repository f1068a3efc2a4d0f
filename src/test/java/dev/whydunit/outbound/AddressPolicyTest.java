package dev.whydunit.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private static boolean may(AddressPolicy policy, String address) {
        return policy.objection(InetAddress.ofLiteral(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fe80::1",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "fd20:ce::254",
                "64:ff9b:1::a9fe:a9fe",
                "::ffff:0:a9fe:a9fe",
                "2001:0:53aa:64c::5601:5601",
                "2001:db8::5efe:a9fe:a9fe",
                "2001:db8::200:5efe:a9fe:a9fe",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "ff02::1"
            })
    void linkLocalAndMetadataAddressesAreDeniedWhateverIsAllowed(String address) {
        assertThat(may(new AddressPolicy(List.of(), List.of("all")), address)).isFalse();
        assertThat(may(AddressPolicy.DEFAULT, address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "private, 10.0.0.1, false",
        "private, 172.31.255.255, false",
        "private, 172.32.0.0, true",
        "private, 192.168.1.1, false",
        "private, 100.64.0.1, false",
        "private, fd12::1, false",
        "private, 64:ff9b::a00:1, false",
        "private, 93.184.215.14, true",
        "private, 127.0.0.1, true",
        "loopback, 127.8.9.1, false",
        "loopback, ::1, false",
        "10.9.0.0/16, 10.9.255.1, false",
        "10.9.0.0/16, 10.10.0.1, true",
        "10.9.0.128/25, 10.9.0.127, true",
        "10.9.0.128/25, 10.9.0.200, false",
        "10.0.0.5, 10.0.0.5, false",
        "10.0.0.5, 10.0.0.6, true",
        "all, 8.8.8.8, false",
        "all, 2001:db8::1, false",
    })
    void aRangeIsDeniedAsConfigured(String denied, String address, boolean may) {
        assertThat(may(new AddressPolicy(List.of(denied), List.of()), address)).isEqualTo(may);
    }

    @Test
    void whatIsAllowedIsAnExceptionToWhatIsDenied() {
        AddressPolicy policy = new AddressPolicy(List.of("all"), List.of("10.0.5.0/24"));
        assertThat(may(policy, "10.0.5.7")).isTrue();
        assertThat(may(policy, "10.0.6.7")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "host.example", ""})
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> new AddressPolicy(List.of(text), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("private, loopback, all");
    }

    @Test
    void aNameThatPointsElsewhereTheNextTimeIsLookedUpOnce() {
        AtomicInteger asked = new AtomicInteger();
        Route.Names rebinding = (host, port) -> List.of(new InetSocketAddress(
                InetAddress.ofLiteral(asked.incrementAndGet() == 1 ? "169.254.169.254" : "127.0.0.1"), port));
        Route route = new Route(AddressPolicy.DEFAULT, rebinding, (SSLSocketFactory) SSLSocketFactory.getDefault());
        assertThatThrownBy(() -> new HttpExchange(
                                Call.get(URI.create("http://rebinding.example/"), Duration.ofSeconds(2)), route)
                        .run())
                .isInstanceOf(Refused.class)
                .hasMessageContaining("169.254.169.254");
        assertThat(asked).hasValue(1);
    }

    @Test
    void oneDeniedAddressAmongSeveralIsEnough() {
        Route.Names several = (host, port) -> List.of(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                new InetSocketAddress(InetAddress.ofLiteral("169.254.169.254"), port));
        Route route = new Route(AddressPolicy.DEFAULT, several, (SSLSocketFactory) SSLSocketFactory.getDefault());
        assertThatThrownBy(() -> new HttpExchange(
                                Call.get(URI.create("http://several.example/"), Duration.ofSeconds(2)), route)
                        .run())
                .isInstanceOf(Refused.class);
    }
}
