package io.understudy.run;

import java.time.Instant;

/** What is to become of a run after one tick. */
public sealed interface Tick {

    /** There is more to do at once. */
    record Continue() implements Tick {}

    /** There is nothing to do before this time. */
    record WaitUntil(Instant instant) implements Tick {}

    /** It waits for a person: it is to be looked at again when somebody has spoken. */
    record AwaitsPerson() implements Tick {}

    /** It has ended, or there is no such run. */
    record Ended() implements Tick {}

    /** Another process owns it: it is to be looked at again when its lease may have run out. */
    record NotOurs() implements Tick {}
}
