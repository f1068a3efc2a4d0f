package dev.whydunit.source.files;

import java.net.InetAddress;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Compares a field's value with text from a query, by the value's type as Elasticsearch would by the field's. */
final class FieldValue {
    private FieldValue() {}

    /** Equal as text, as number, or inside the network that a field of addresses is compared with. */
    static Predicate<Object> equalTo(String field, String text) {
        OptionalDouble number = number(text);
        if (field.endsWith(".ip") && text.indexOf('/') > 0) {
            return network(text);
        }
        return value -> (value instanceof Number actual && number.isPresent())
                ? actual.doubleValue() == number.getAsDouble()
                : text.equals(value.toString());
    }

    /**
     * Between two bounds: numbers by value, texts by their characters' order.
     *
     * @param low empty when it is open
     * @param high empty when it is open
     */
    static Predicate<Object> within(String low, String high, boolean includesLow, boolean includesHigh) {
        OptionalDouble least = number(low);
        OptionalDouble most = number(high);
        boolean numbers = (low.isEmpty() || least.isPresent()) && (high.isEmpty() || most.isPresent());
        return value -> {
            if (value instanceof Number actual) {
                double number = actual.doubleValue();
                return numbers
                        && (low.isEmpty() || inside(Double.compare(number, least.getAsDouble()), includesLow))
                        && (high.isEmpty() || inside(Double.compare(most.getAsDouble(), number), includesHigh));
            }
            String text = value.toString();
            return (low.isEmpty() || inside(text.compareTo(low), includesLow))
                    && (high.isEmpty() || inside(high.compareTo(text), includesHigh));
        };
    }

    private static boolean inside(int comparison, boolean inclusive) {
        return comparison > 0 || (inclusive && comparison == 0);
    }

    private static OptionalDouble number(String text) {
        if (text.isEmpty() || text.length() > 40 || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    private static Predicate<Object> network(String text) {
        int slash = text.indexOf('/');
        byte[] network;
        int bits;
        try {
            network = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
            bits = Integer.parseInt(text.substring(slash + 1));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("'" + text + "' is not a network such as 10.0.0.0/8");
        }
        if (bits < 0 || bits > network.length * 8) {
            throw new IllegalArgumentException("'" + text + "' is not a network: its prefix is too long");
        }
        return value -> {
            try {
                return sharesPrefix(InetAddress.ofLiteral(value.toString()).getAddress(), network, bits);
            } catch (IllegalArgumentException _) {
                return false;
            }
        };
    }

    private static boolean sharesPrefix(byte[] address, byte[] network, int bits) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
