package dev.whydunit.packet;

import java.nio.charset.StandardCharsets;

/** IP addresses as two longs (IPv4 as ::ffff:a.b.c.d, RFC 4291) and as text (RFC 5952). */
final class Addresses {
    static final long IPV4_PREFIX = 0xffffL << 32;

    private static final int GROUPS = 8;
    /** 255.255.255.255:65535. */
    private static final int LONGEST_IPV4 = 21;

    private Addresses() {}

    static long ipv4(int address) {
        return IPV4_PREFIX | Integer.toUnsignedLong(address);
    }

    static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> 32 == 0xffff;
    }

    static String text(long high, long low) {
        if (isIpv4(high, low)) {
            byte[] text = new byte[LONGEST_IPV4];
            return new String(text, 0, ipv4(text, (int) low), StandardCharsets.ISO_8859_1);
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
        if (isIpv4(high, low)) {
            byte[] text = new byte[LONGEST_IPV4];
            int end = ipv4(text, (int) low);
            text[end] = ':';
            return new String(text, 0, number(text, end + 1, port), StandardCharsets.ISO_8859_1);
        }
        return "[" + text(high, low) + "]:" + port;
    }

    /** Written by hand, since thousands of them are, before the JVM is warm. */
    private static int ipv4(byte[] to, int address) {
        int at = number(to, 0, address >>> 24);
        for (int shift = 16; shift >= 0; shift -= 8) {
            to[at] = '.';
            at = number(to, at + 1, address >>> shift & 0xff);
        }
        return at;
    }

    /** Writes a number of at most five digits; gives where it ends. */
    private static int number(byte[] to, int from, int number) {
        int at = from;
        for (int unit = 10_000; unit > 0; unit /= 10) {
            int digit = number / unit % 10;
            if (digit > 0 || at > from || unit == 1) {
                to[at++] = (byte) ('0' + digit);
            }
        }
        return at;
    }

    private static int group(long high, long low, int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> 48 - 16 * (index % 4)) & 0xffff;
    }
}
