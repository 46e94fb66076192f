package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.CHAT_FAILBACK;
import static io.understudy.decision.Remediation.CHAT_FAILOVER;
import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.Remediation.WAIT;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

/** What the rows O9 and O10 say of a Persistent Chat pool's store (domain.md 8.7). */
final class ChatStoreRules {

    static final Row O9 =
            new Row(
                    "O9",
                    GUIDANCE,
                    "Persistent Chat's principal down, its mirror alive",
                    "Persistent Chat's mirror takes over, its compliance database with it.",
                    "seconds; no loss",
                    "no log shipping failover",
                    MIRROR_FAILOVER,
                    WAIT);
    static final Row O10 =
            new Row(
                    "O10",
                    GUIDANCE,
                    "Persistent Chat's principal and mirror down, log shipping secondary alive",
                    "Both copies of Persistent Chat's database are lost: the log shipping secondary in the other datacenter can be recovered.",
                    "chat is down meanwhile; what was not yet shipped is lost",
                    "no RESTORE WITH RECOVERY before all logs are applied; no active servers across a slow link",
                    CHAT_FAILOVER,
                    REPAIR,
                    CHAT_FAILBACK);

    private ChatStoreRules() {}
}
