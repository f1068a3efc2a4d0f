package dev.whydunit.packet;

/** IP addresses as two longs (IPv4 as ::ffff:a.b.c.d, RFC 4291) and as text (RFC 5952). */
final class Addresses {
    static final long IPV4_PREFIX = 0xffffL << 32;

    private static final int GROUPS = 8;

    private Addresses() {}

    static long ipv4(int address) {
        return IPV4_PREFIX | Integer.toUnsignedLong(address);
    }

    static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> 32 == 0xffff;
    }

    static String text(long high, long low) {
        if (isIpv4(high, low)) {
            return (low >>> 24 & 0xff) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int j = i;
            while (j < GROUPS && group(high, low, j) == 0) {
                j++;
            }
            if (j - i > bestLength) {
                bestStart = i;
                bestLength = j - i;
            }
            i = Math.max(i, j - 1);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(high, low, i)));
        }
        return text.toString();
    }

    /** Address and port; an IPv6 address stands in brackets (RFC 3986). */
    static String text(long high, long low, int port) {
        return isIpv4(high, low) ? text(high, low) + ":" + port : "[" + text(high, low) + "]:" + port;
    }

    private static int group(long high, long low, int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> 48 - 16 * (index % 4)) & 0xffff;
    }
}
