package dev.whydunit.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which link types packets came from (names of the registry of the tcpdump group). */
final class LinkTypes {
    private static final int MOST = 100;

    private final TreeSet<Integer> seen = new TreeSet<>();
    private int last = -1;

    void add(int linkType) {
        if (linkType != last) {
            last = linkType;
            if (seen.size() < MOST) {
                seen.add(linkType);
            }
        }
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        seen.forEach(linkType -> names.add(name(linkType)));
        return names;
    }

    private static String name(int linkType) {
        return switch (linkType) {
            case 0 -> "NULL";
            case 1 -> "ETHERNET";
            case 9 -> "PPP";
            case 12, 14, 101 -> "RAW";
            case 105 -> "IEEE802_11";
            case 108 -> "LOOP";
            case 113 -> "LINUX_SLL";
            case 127 -> "IEEE802_11_RADIOTAP";
            case 228 -> "IPV4";
            case 229 -> "IPV6";
            case 276 -> "LINUX_SLL2";
            default -> "LINKTYPE_" + linkType;
        };
    }
}
