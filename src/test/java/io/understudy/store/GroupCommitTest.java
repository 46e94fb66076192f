package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Items are texts that weigh their length; the test holds up each transaction as it likes. */
@Timeout(60)
class GroupCommitTest {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(7);

    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<String>> transactions = new ArrayList<>();
    private final LinkedBlockingQueue<CountDownLatch> begun = new LinkedBlockingQueue<>();
    private final GroupCommit<String, String> commits =
            new GroupCommit<>(
                    String::length,
                    this::commit,
                    10,
                    5,
                    RETRY_AFTER);

    @AfterEach
    void stop() {
        senders.shutdownNow();
    }

    @Test
    void whatArrivesDuringACommitGoesTogetherIntoTheNext() throws Exception {
        var first = send("a");
        CountDownLatch commitOfFirst = nextCommit();
        var second = send("b");
        var third = send("c");
        commitOfFirst.countDown();
        nextCommit().countDown();

        assertEquals("A B C", first.join() + " " + second.join() + " " + third.join());
        assertEquals(List.of(List.of("a"), List.of("b", "c")), transactions);
    }

    @Test
    void aTransactionTakesNoMoreThanItMay() throws Exception {
        var first = send("a");
        CountDownLatch commitOfFirst = nextCommit();
        var others = List.of(send("bbb"), send("ccc"), send("dd"));
        commitOfFirst.countDown();
        nextCommit().countDown();
        nextCommit().countDown();

        others.forEach(CompletableFuture::join);
        first.join();
        assertEquals(
                List.of(List.of("a"), List.of("bbb"), List.of("ccc", "dd")), transactions);
    }

    @Test
    void moreThanMayWaitIsRefusedAtOnceAndLaterAcceptedAgain() throws Exception {
        var first = send("a");
        CountDownLatch commitOfFirst = nextCommit();
        var second = send("nine char");

        StoreBusy refusal = assertThrows(StoreBusy.class, () -> commits.write("b"));
        assertEquals(RETRY_AFTER, refusal.retryAfter());

        commitOfFirst.countDown();
        nextCommit().countDown();
        first.join();
        second.join();
        var third = send("b");
        nextCommit().countDown();
        assertEquals("B", third.join());
    }

    @Test
    void oneThatWeighsMoreThanAllLimitsIsWrittenWhenNothingElseWaits() throws Exception {
        var only = send("more than ten");
        nextCommit().countDown();

        assertEquals("MORE THAN TEN", only.join());
    }

    @Test
    void oneThatCannotBeWrittenDoesNotKeepTheOthersFromBeing() throws Exception {
        var first = send("a");
        CountDownLatch commitOfFirst = nextCommit();
        var good = send("b");
        var bad = send("!");
        var alsoGood = send("c");
        commitOfFirst.countDown();
        for (int i = 0; i < 4; i++) { // together, then each alone
            nextCommit().countDown();
        }

        assertEquals("A B C", first.join() + " " + good.join() + " " + alsoGood.join());
        assertInstanceOf(IllegalArgumentException.class, failure(bad));
    }

    @Test
    void anUnavailableDatabaseFailsAllWhoWaitForItAndNobodyAfter() throws Exception {
        var first = send("a");
        CountDownLatch commitOfFirst = nextCommit();
        var second = send("b");
        var third = send("?");
        commitOfFirst.countDown();
        nextCommit().countDown();

        first.join();
        assertInstanceOf(StoreUnavailable.class, failure(second));
        assertInstanceOf(StoreUnavailable.class, failure(third));
        var fourth = send("d");
        nextCommit().countDown();
        assertEquals("D", fourth.join());
    }

    @Test
    void anErrorInTheMiddleLeavesNobodyWaiting() throws Exception {
        var first = send("a");
        CountDownLatch commitOfFirst = nextCommit();
        var second = send("#");
        var third = send("c");
        commitOfFirst.countDown();
        nextCommit().countDown();

        first.join();
        assertInstanceOf(AssertionError.class, failure(second));
        assertInstanceOf(IllegalStateException.class, failure(third));
        var fourth = send("d");
        nextCommit().countDown();
        assertEquals("D", fourth.join());
    }

    /** Returns when the item waits or is being written, so that the order is the test's. */
    private CompletableFuture<String> send(String item) {
        int before = commits.waiting();
        var answer = CompletableFuture.supplyAsync(() -> commits.write(item), senders);
        while (commits.waiting() == before) {
            Thread.onSpinWait();
        }
        return answer;
    }

    private CountDownLatch nextCommit() throws InterruptedException {
        CountDownLatch commit = begun.poll(30, TimeUnit.SECONDS);
        if (commit == null) {
            throw new AssertionError("no transaction began");
        }
        return commit;
    }

    private List<String> commit(List<String> items) {
        CountDownLatch allowed = new CountDownLatch(1);
        transactions.add(items);
        begun.add(allowed);
        try {
            allowed.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (items.contains("!")) {
            throw new IllegalArgumentException("!");
        }
        if (items.contains("?")) {
            throw new StoreUnavailable("gone", RETRY_AFTER, null);
        }
        if (items.contains("#")) {
            throw new AssertionError("#");
        }
        return items.stream().map(String::toUpperCase).toList();
    }

    private static Throwable failure(CompletableFuture<String> answer) {
        return assertThrows(CompletionException.class, answer::join).getCause();
    }
}
