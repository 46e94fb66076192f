package io.understudy.api;

import java.util.HashMap;
import java.util.Map;

/** How many requests are under way, and how many bytes of bodies they bring. Safe on any thread. */
final class RequestLoad {

    /** Whether one more is taken. */
    enum Admission {
        ADMITTED,
        /** Its caller has too many under way. */
        TOO_MANY_OF_CALLER,
        /** All callers together have. */
        TOO_MANY
    }

    private static final class Share {
        private int requests;
        private long bytes;
    }

    private final LoadLimits limits;

    /** Of those who have any under way. */
    private final Map<String, Share> callers = new HashMap<>();

    private final Share all = new Share();

    RequestLoad(LoadLimits limits) {
        this.limits = limits;
    }

    /**
     * Takes one more, unless it is too much.
     *
     * @param bytes how long its body is, at most
     */
    synchronized Admission enter(String caller, long bytes) {
        if (exceeded(all, bytes, limits.requests(), limits.bodyBytes())) {
            return Admission.TOO_MANY;
        }
        Share share = callers.getOrDefault(caller, new Share());
        if (exceeded(share, bytes, limits.requestsPerCaller(), limits.bodyBytesPerCaller())) {
            return Admission.TOO_MANY_OF_CALLER;
        }
        callers.put(caller, share);
        add(share, 1, bytes);
        add(all, 1, bytes);
        return Admission.ADMITTED;
    }

    /** One that was admitted has been answered, or its sender has gone. */
    synchronized void leave(String caller, long bytes) {
        add(all, -1, -bytes);
        Share share = callers.get(caller);
        if (share != null) {
            add(share, -1, -bytes);
            if (share.requests == 0) {
                callers.remove(caller);
            }
        }
    }

    synchronized int underWay() {
        return all.requests;
    }

    /** One body alone may always be as long as a body may be. */
    private static boolean exceeded(Share share, long bytes, int mostRequests, long mostBytes) {
        return share.requests + 1 > mostRequests
                || share.bytes > 0 && share.bytes + bytes > mostBytes;
    }

    private static void add(Share share, int requests, long bytes) {
        share.requests += requests;
        share.bytes += bytes;
    }
}
