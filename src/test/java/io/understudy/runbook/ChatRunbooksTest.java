package io.understudy.runbook;

import static io.understudy.runbook.Books.CHAT;
import static io.understudy.runbook.Books.CHAT_PRIMARY;
import static io.understudy.runbook.Books.CHAT_STORE;
import static io.understudy.runbook.Books.SECONDARY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ServerFqdn;
import io.understudy.health.ChatState;
import io.understudy.testing.Contoso;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatRunbooksTest {

    private static final ComponentId TARGET = ComponentId.of(CHAT);
    private static final List<String> MGC = List.of("mgc");
    private static final Remedy OVER = new Remedy.ChatFailover(CHAT, CHAT_STORE, SECONDARY);
    private static final Runbook FAILOVER = Books.of(OVER, TARGET);
    private static final Runbook FAILBACK =
            Books.of(new Remedy.ChatFailback(CHAT, CHAT_STORE, CHAT_PRIMARY), TARGET);

    @Test
    void chatMovesToTheSecondaryStepByStep() {
        assertEquals(
                List.of(
                        new Action.StopLogShipping(CHAT_STORE, MGC, SECONDARY),
                        new Action.RestoreLogs(CHAT_STORE, MGC, SECONDARY),
                        new Action.RecoverDatabases(CHAT_STORE, MGC, SECONDARY),
                        new Action.SetChatState(CHAT, ChatState.FAILED_OVER),
                        new Action.ByHand(),
                        new Action.SetActiveChatServers(CHAT, servers("chat3", "chat4"))),
                Books.actions(FAILOVER),
                "mgccomp is not failed over");
    }

    @Test
    void whatIsTypedInAFailover() {
        assertEquals(
                List.of(
                        """
                        -- on sqlc9.contoso.com/chat
                        USE master;
                        EXEC sp_delete_log_shipping_secondary_database N'mgc';\
                        """,
                        """
                        -- on sqlc9.contoso.com/chat; first copy from the log shipping share what is not in the destination folder yet
                        RESTORE LOG [mgc] FROM DISK = N'<each file, oldest first>' WITH NORECOVERY;\
                        """,
                        """
                        -- on sqlc9.contoso.com/chat
                        EXEC sp_who2; -- and KILL every session in the database
                        RESTORE DATABASE [mgc] WITH RECOVERY;\
                        """,
                        """
                        Set-CsPersistentChatState -Identity "PersistentChatServer:chat.contoso.com" -PoolState FailedOver -Confirm:$false
                        Get-CsPersistentChatState\
                        """,
                        "Install-CsMirrorDatabase -DatabaseType PersistentChat -FileShare"
                                + " <\\\\server\\share> -SqlServerFqdn sqlc9.contoso.com"
                                + " -SqlInstanceName chat -Verbose",
                        "Set-CsPersistentChatActiveServer -Identity"
                                + " \"PersistentChatServer:chat.contoso.com\" -ActiveServers"
                                + " @{Replace=\"chat3.contoso.com\",\"chat4.contoso.com\"}"
                                + " -Confirm:$false"),
                Books.commands(FAILOVER));
    }

    @Test
    void theLogChainEndsForGoodOnlyAfterEveryLogIsApplied() {
        assertEquals(
                List.of(4),
                FAILOVER.steps().stream().filter(Step::irreversible).map(Step::number).toList());
        assertTrue(FAILOVER.steps().get(3).notes().toString().contains("point of no return"));
        assertTrue(FAILOVER.steps().get(5).optional(), "chat works without a mirror");
    }

    @Test
    void itIsOverWhenTheServersBesideTheDatabasesAreActiveAndServe() {
        assertEquals(
                List.of(
                        new Verification.ActiveServersAre(CHAT, servers("chat3", "chat4")),
                        new Verification.Serves(TARGET)),
                Books.seen(FAILOVER, 7));
        assertEquals(
                List.of(new Verification.ChatStateIs(CHAT, ChatState.FAILED_OVER)),
                Books.seen(FAILOVER, 5));
    }

    @Test
    void aPersonChoosesTheServersWhereNoneStandsBesideTheDatabases() {
        Runbook elsewhere =
                Runbooks.of(OVER, TARGET, Books.withChat(Contoso.USUAL.estate(), "lisbon"));
        Step last = elsewhere.steps().getLast();
        assertEquals(new Action.ByHand(), last.action());
        assertFalse(last.optional(), "no list of active servers, no chat");
    }

    @Test
    void chatReturnsWithNobodyWritingMeanwhile() {
        assertEquals(
                List.of(
                        new Action.SetActiveChatServers(CHAT, List.of()),
                        new Action.ByHand(),
                        new Action.BackUpDatabases(CHAT_STORE, MGC, SECONDARY),
                        new Action.RestoreDatabases(CHAT_STORE, MGC, CHAT_PRIMARY),
                        new Action.ByHand(),
                        new Action.SetActiveChatServers(CHAT, servers("chat1", "chat2", "chat4")),
                        new Action.SetChatState(CHAT, ChatState.NORMAL)),
                Books.actions(FAILBACK));
    }

    @Test
    void whatIsTypedInAFailback() {
        List<String> commands = Books.commands(FAILBACK);
        assertTrue(commands.getFirst().endsWith("-ActiveServers $Null -Confirm:$false"));
        assertTrue(commands.get(1).contains("ALTER DATABASE [mgccomp] SET PARTNER OFF;"));
        assertEquals(
                """
                -- on sqlc9.contoso.com/chat
                BACKUP DATABASE [mgc] TO DISK = N'<log shipping share>\\mgc.bak' WITH INIT;\
                """,
                commands.get(2));
        assertEquals(
                """
                -- on sqlc1.contoso.com/chat
                RESTORE DATABASE [mgc] FROM DISK = N'<log shipping share>\\mgc.bak' WITH REPLACE, RECOVERY;\
                """,
                commands.get(3));
        assertTrue(commands.get(4).contains("No recovery mode, delay 0 minutes"));
        assertTrue(commands.get(4).contains("cancel the dialog"), "6.5, with a mirror");
        assertTrue(commands.get(6).contains("-PoolState Normal"));
        assertEquals(
                List.of(5),
                FAILBACK.steps().stream().filter(Step::irreversible).map(Step::number).toList());
    }

    private static List<ServerFqdn> servers(String... hosts) {
        return List.of(hosts).stream().map(h -> new ServerFqdn(h + ".contoso.com")).toList();
    }
}
