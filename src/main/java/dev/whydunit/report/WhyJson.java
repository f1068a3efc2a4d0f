package dev.whydunit.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arithmetic of one leaf for programs. */
final class WhyJson {
    private WhyJson() {}

    static void add(Map<String, Object> document, Arithmetic arithmetic, String leaf) {
        document.put("prior", JsonDocument.probability(arithmetic.prior(leaf)));
        document.put("lnPrior", JsonDocument.rounded(arithmetic.lnPrior(leaf)));
        document.put("groupsKnown", arithmetic.groupsKnown());
        List<Map<String, Object>> groups = new ArrayList<>();
        for (Arithmetic.Group group : arithmetic.groups()) {
            List<Map<String, Object>> findings =
                    group.on(leaf).stream().map(WhyJson::finding).toList();
            if (!findings.isEmpty()) {
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("group", group.name());
                item.put("findings", findings);
                groups.add(item);
            }
        }
        document.put("groups", groups);
        document.put("sum", JsonDocument.rounded(arithmetic.sum(leaf)));
        document.put("shift", JsonDocument.rounded(arithmetic.shift()));
        List<Map<String, Object>> all = new ArrayList<>();
        for (Arithmetic.Share share : arithmetic.shares()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("hypothesis", share.leaf());
            item.put("sum", JsonDocument.rounded(share.sum()));
            item.put("weight", share.weight());
            item.put("share", JsonDocument.probability(share.share()));
            all.add(item);
        }
        document.put("all", all);
    }

    private static Map<String, Object> finding(Arithmetic.Counted counted) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", counted.push().id());
        item.put("outcome", counted.push().outcome());
        item.put("says", counted.push().says());
        item.put("nats", JsonDocument.rounded(counted.nats()));
        item.put("factor", JsonDocument.rounded(Math.exp(counted.nats())));
        item.put("counts", counted.counts());
        return item;
    }
}
