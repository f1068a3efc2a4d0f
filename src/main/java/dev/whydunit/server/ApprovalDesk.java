package dev.whydunit.server;

import java.sql.SQLException;
import java.util.Optional;

/** Takes people's answers to what steps want to do, whichever door they come in by. */
final class ApprovalDesk {
    private final ApprovalStore approvals;

    ApprovalDesk(ApprovalStore approvals) {
        this.approvals = approvals;
    }

    /** What became of an answer. */
    sealed interface Outcome {}

    /** It counts. */
    record Taken(PendingApproval approval) implements Outcome {}

    /** There is nothing of that id. */
    record Unknown(String id) implements Outcome {}

    /** It is not this person's to answer so. */
    record NotYours(String why) implements Outcome {}

    /** It comes too late, or is for something else. */
    record Stale(String why) implements Outcome {}

    /**
     * Takes an answer.
     *
     * @param sha256 of what the person saw; empty when they do not say
     * @param role of the person
     */
    Outcome answer(String id, boolean granted, Optional<String> sha256, String by, Role role) throws SQLException {
        Optional<PendingApproval> found = approvals.find(id);
        if (found.isEmpty()) {
            return new Unknown(id);
        }
        PendingApproval asked = found.get();
        if (sha256.isPresent() && !sha256.get().equals(asked.sha256())) {
            return new Stale("sha256: this is another command than the one that you saw; look again");
        }
        if (granted && !mayApprove(asked, role)) {
            return new NotYours("policy asks for the role " + asked.wish().approvers() + " to approve this; yours is "
                    + role.word());
        }
        if (!approvals.answer(id, granted, by)) {
            return new Stale(approvals
                    .find(id)
                    .flatMap(PendingApproval::withdrawn)
                    .map(why -> "withdrawn: " + why)
                    .orElse("it was answered before, or nobody answered in time"));
        }
        return new Taken(approvals.find(id).orElse(asked));
    }

    /** Whether a person of that role may allow it. */
    static boolean mayApprove(PendingApproval asked, Role role) {
        return Role.named(asked.wish().approvers())
                .filter(least -> role.compareTo(least) >= 0)
                .isPresent();
    }
}
