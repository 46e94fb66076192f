package io.understudy.testing;

import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.health.ChatState;
import io.understudy.runbook.Action;
import io.understudy.runbook.Action.MoveApplication.Application;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One action of every kind, of an estate as {@link Contoso} has it. */
public final class Actions {

    private static final PoolFqdn POOL1 = new PoolFqdn("pool1.contoso.com");
    private static final PoolFqdn POOL2 = new PoolFqdn("pool2.contoso.com");
    private static final PoolFqdn EDGE = new PoolFqdn("edge1.contoso.com");
    private static final PoolFqdn CHAT = new PoolFqdn("chat.contoso.com");
    private static final StoreName STORE = new StoreName("be1");
    private static final StoreName CHAT_STORE = new StoreName("chat1");
    private static final SqlInstance SQL1 =
            new SqlInstance(new ServerFqdn("sql1.contoso.com"), "rtc");
    private static final SqlInstance SQL2 =
            new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc");
    private static final SqlInstance SQL9 =
            new SqlInstance(new ServerFqdn("sql9.contoso.com"), "chat");
    private static final List<String> USER = List.of("rtcxds", "rtcshared");
    private static final List<String> MGC = List.of("mgc");
    private static final List<ServerFqdn> SERVERS =
            List.of(new ServerFqdn("fe1.contoso.com"), new ServerFqdn("fe2.contoso.com"));

    private Actions() {}

    /** All of them: each case of {@link Action} at least once. */
    public static List<Action> all() {
        return Stream.<Action>concat(
                        Stream.of(
                                new Action.Reassess(),
                                new Action.ByHand(),
                                new Action.SwitchPrincipal(
                                        STORE,
                                        POOL1,
                                        DatabaseType.USER,
                                        USER,
                                        SQL2,
                                        Position.MIRROR,
                                        true),
                                new Action.ForceService(STORE, USER, SQL2, Position.MIRROR),
                                new Action.ResumeMirroring(STORE, USER, SQL1, Position.PRIMARY),
                                new Action.FailOverGroup(STORE, USER, SQL2, Position.MIRROR, false),
                                new Action.RecoverQuorum(POOL1),
                                new Action.MoveCentralManagement(
                                        POOL1, POOL2, SQL1, Optional.of(SQL2), true),
                                new Action.RestoreCentralManagement(POOL1),
                                new Action.ReloadConfiguration(POOL1),
                                new Action.ReplicateConfiguration(POOL1),
                                new Action.StartServices(POOL1, SERVERS, List.of("MASTER", "FTA")),
                                new Action.ChangeNextHop(EDGE, POOL2),
                                new Action.FailOverPool(POOL1, POOL2, true),
                                new Action.FailBackPool(POOL1, POOL2, false),
                                new Action.SyncBackup(POOL1),
                                new Action.StopLogShipping(CHAT_STORE, MGC, SQL9),
                                new Action.RestoreLogs(CHAT_STORE, MGC, SQL9),
                                new Action.RecoverDatabases(CHAT_STORE, MGC, SQL9),
                                new Action.BackUpDatabases(CHAT_STORE, MGC, SQL9),
                                new Action.RestoreDatabases(CHAT_STORE, MGC, SQL1),
                                new Action.SetChatState(CHAT, ChatState.FAILED_OVER),
                                new Action.SetActiveChatServers(CHAT, SERVERS)),
                        Arrays.stream(Application.values())
                                .map(a -> new Action.MoveApplication(a, POOL1, POOL2, false)))
                .toList();
    }

    /** Those that an executor carries out. */
    public static List<Action> carriedOut() {
        return all().stream().filter(Action::needsExecutor).toList();
    }
}
