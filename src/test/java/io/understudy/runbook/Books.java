package io.understudy.runbook;

import io.understudy.decision.Remedy;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.LogShipping;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Release;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import io.understudy.testing.Contoso;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Runbooks of Contoso, with a stretched chat pool: chat1 and chat2 in redmond, the rest in dublin.
 */
final class Books {

    static final PoolFqdn POOL1 = new PoolFqdn("pool1.contoso.com");
    static final PoolFqdn POOL2 = new PoolFqdn("pool2.contoso.com");
    static final PoolFqdn EDGE = new PoolFqdn("edge1.contoso.com");
    static final PoolFqdn CHAT = new PoolFqdn("chat.contoso.com");
    static final StoreName BE1 = new StoreName("be1");
    static final StoreName CHAT_STORE = new StoreName("chatdb");
    static final SqlInstance SQL11 = sql("sql11", "rtc");
    static final SqlInstance SQL12 = sql("sql12", "rtc");
    static final SqlInstance CHAT_PRIMARY = sql("sqlc1", "chat");
    static final SqlInstance SECONDARY = sql("sqlc9", "chat");
    static final Estate ESTATE = withChat(Contoso.USUAL.estate(), "dublin");

    private Books() {}

    static SqlInstance sql(String host, String instance) {
        return new SqlInstance(new ServerFqdn(host + ".contoso.com"), instance);
    }

    static Estate withChat(Estate estate, String secondarySite) {
        return new Estate(
                estate.name(),
                estate.sites(),
                Stream.concat(estate.pools().stream(), Stream.of(chatPool())).toList(),
                Stream.concat(estate.stores().stream(), Stream.of(chatStore(secondarySite)))
                        .toList(),
                estate.observers());
    }

    private static Pool chatPool() {
        return new Pool(
                CHAT,
                PoolRole.PERSISTENT_CHAT,
                Edition.ENTERPRISE,
                Release.SFB_2015,
                new SiteName("redmond"),
                List.of(
                        chat("chat1", "redmond", true),
                        chat("chat2", "redmond", true),
                        chat("chat3", "dublin", false),
                        chat("chat4", "dublin", true)),
                Optional.of(CHAT_STORE),
                Optional.empty(),
                CentralManagement.NONE,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(POOL1),
                false);
    }

    private static Server chat(String host, String site, boolean active) {
        return new Server(
                new ServerFqdn(host + ".contoso.com"), Optional.of(new SiteName(site)), active);
    }

    private static Store chatStore(String secondarySite) {
        return new Store(
                CHAT_STORE,
                new SiteName("redmond"),
                StoreTechnology.MIRRORING,
                CHAT_PRIMARY,
                Optional.of(sql("sqlc2", "chat")),
                Optional.empty(),
                List.of(
                        new Database("mgc", DatabaseType.PERSISTENT_CHAT),
                        new Database("mgccomp", DatabaseType.PERSISTENT_CHAT_COMPLIANCE)),
                Optional.of(new LogShipping(SECONDARY, new SiteName(secondarySite))));
    }

    static Runbook of(Remedy remedy, ComponentId target) {
        return Runbooks.of(remedy, target, ESTATE);
    }

    /** What is typed, step by step, without the reassessment. */
    static List<String> commands(Runbook runbook) {
        return runbook.steps().stream().skip(1).map(Step::command).toList();
    }

    static List<Action> actions(Runbook runbook) {
        return runbook.steps().stream().skip(1).map(Step::action).toList();
    }

    /** What is seen after the step of this number. */
    static List<Verification> seen(Runbook runbook, int number) {
        return runbook.steps().get(number - 1).verifications();
    }

    /** The notes of all steps. */
    static String notes(Runbook runbook) {
        return String.join(
                "\n", runbook.steps().stream().flatMap(step -> step.notes().stream()).toList());
    }
}
