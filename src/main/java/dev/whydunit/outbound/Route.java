package dev.whydunit.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where requests go and whom they trust.
 *
 * @param policy which addresses may be asked
 * @param names looks names up, once a request
 * @param trust makes TLS connections; certificates and names are checked
 */
public record Route(AddressPolicy policy, Names names, SSLSocketFactory trust) {
    /** Of one name. */
    private static final int MAX_ADDRESSES = 4;

    /** Looks a name up. */
    @FunctionalInterface
    public interface Names {
        /** The addresses of a host's port; at least one. */
        List<InetSocketAddress> of(String host, int port) throws UnknownHostException;
    }

    /** By this machine's name service and its trusted authorities. */
    public static Route system(AddressPolicy policy) {
        return new Route(policy, Route::resolve, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /**
     * The addresses of a host's port, looked up once, of which every one may be connected to.
     *
     * @throws Refused when one of them may not
     */
    public List<InetSocketAddress> targets(String host, int port) throws UnknownHostException, Refused {
        List<InetSocketAddress> targets = names.of(host, port);
        for (InetSocketAddress target : targets) {
            Optional<String> objection = policy.objection(target.getAddress());
            if (objection.isPresent()) {
                throw new Refused(host + ": " + objection.get());
            }
        }
        return targets;
    }

    private static List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .limit(MAX_ADDRESSES)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }
}
