package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.understudy.access.Role;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.LiveDocument;
import io.understudy.decision.Policy;
import io.understudy.decision.Window;
import io.understudy.document.DocumentProblem;
import io.understudy.document.InvalidDocument;
import io.understudy.document.WindowDocument;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The windows of the policy in force, one by one. Each change is a new version of the policy, which
 * is the only place where they are kept.
 */
@Singleton
final class PolicyWindows {

    /** As many of a kind as the policy document may have. */
    private static final int MOST = 1_000;

    private static final String NAME = "name";

    private final Access access;
    private final LiveDocument<Policy> policies;
    private final LiveDocument<Estate> estates;
    private final InstantSource clock;
    private final Idempotency onceOnly;

    @Inject
    PolicyWindows(
            Access access,
            LiveDocument<Policy> policies,
            LiveDocument<Estate> estates,
            ApiSeams seams,
            Idempotency onceOnly) {
        this.access = access;
        this.policies = policies;
        this.estates = estates;
        this.clock = seams.clock();
        this.onceOnly = onceOnly;
    }

    /**
     * All of a kind that somebody may see, with what each is now; those of the whole estate concern
     * everybody.
     */
    Page<JsonNode> list(Window.Kind kind, SecurityIdentity who) {
        Reach sight = access.sight(who);
        Instant now = clock.instant();
        List<JsonNode> windows = new ArrayList<>();
        of(kind, DocumentAnswers.found(policies.current(), "policy").body()).stream()
                .filter(window -> seen(window, sight))
                .forEach(window -> windows.add(WindowDocument.writeAt(window, now)));
        return new Page<>(windows, Optional.empty());
    }

    /**
     * Adds one.
     *
     * @param path of the resource of this kind
     * @param wanted has the shape of the contract's request for this kind
     * @param key by which the same request is known when it comes again
     * @return 201 with it and with the version of the policy that has it
     */
    Response add(
            Window.Kind kind,
            String path,
            JsonNode wanted,
            @Nullable String key,
            SecurityIdentity who) {
        Reach reach = access.reach(who, Role.OPERATOR);
        String actor = who.getPrincipal().getName();
        Instant now = clock.instant();
        Function<Version<Policy>, Idempotency.Answer> answer =
                saved -> added(kind, path, saved, now);
        return onceOnly.answer(
                actor,
                key,
                "POST " + path + wanted,
                receipts ->
                        answer.apply(
                                policies.change(
                                        before -> with(kind, wanted, before, actor, reach, now),
                                        actor,
                                        saved -> receipts.of(answer.apply(saved)))));
    }

    private LiveDocument.Change<Policy> with(
            Window.Kind kind,
            JsonNode wanted,
            Version<Policy> before,
            String actor,
            Reach reach,
            Instant now) {
        Window window = window(kind, wanted, before, actor, now);
        requireInside(window.scope(), reach);
        requireFree(window, before.body());
        List<Window> windows = new ArrayList<>(before.body().windows());
        windows.add(window);
        windows.sort(Comparator.comparing(Window::kind));
        return changed(before.body(), windows, kind + "_ADDED", window);
    }

    private static Idempotency.Answer added(
            Window.Kind kind, String path, Version<Policy> saved, Instant now) {
        Window added = of(kind, saved.body()).getLast();
        ObjectNode shown = WindowDocument.writeAt(added, now).put("policyVersion", saved.version());
        return new Idempotency.Answer(201, shown.toString(), path + "/" + added.name());
    }

    /** Takes one out of the policy: 204 with the tag of the policy that has it no more. */
    Response remove(Window.Kind kind, String name, SecurityIdentity who) {
        Reach sight = access.sight(who);
        Reach reach = access.reach(who, Role.OPERATOR);
        String actor = who.getPrincipal().getName();
        Version<Policy> saved =
                policies.change(
                        before -> {
                            Window window =
                                    of(kind, before.body()).stream()
                                            .filter(w -> w.name().equals(name))
                                            .filter(w -> seen(w, sight))
                                            .findFirst()
                                            .orElseThrow(() -> none(kind));
                            requireInside(window.scope(), reach);
                            List<Window> windows = new ArrayList<>(before.body().windows());
                            windows.remove(window);
                            return changed(before.body(), windows, kind + "_REMOVED", window);
                        },
                        actor);
        return Response.noContent()
                .header(HttpHeaders.ETAG, Preconditions.tag(saved.version()))
                .build();
    }

    private static boolean seen(Window window, Reach sight) {
        return window.scope().map(sight::covers).orElse(true);
    }

    /** A window of the whole estate is for those only who have all of it. */
    private static void requireInside(Optional<ComponentId> scope, Reach reach) {
        scope.ifPresentOrElse(
                place -> reach.require(List.of(place), i -> "/scope"),
                () -> reach.requireEverywhere("without scope it is about the whole estate"));
    }

    private static LiveDocument.Change<Policy> changed(
            Policy policy, List<Window> windows, String change, Window window) {
        Map<String, String> details = new TreeMap<>();
        details.put("change", change);
        details.put(NAME, window.name());
        window.scope().ifPresent(scope -> details.put("scope", scope.toString()));
        WindowDocument.planned(window).reason().ifPresent(why -> details.put("reason", why));
        return new LiveDocument.Change<>(policy.withWindows(windows), details);
    }

    private Window window(
            Window.Kind kind, JsonNode wanted, Version<Policy> before, String actor, Instant now) {
        ObjectNode entry = wanted.deepCopy();
        if (!entry.has(NAME)) {
            entry.put(NAME, unusedName(kind, before.version() + 1, names(kind, before.body())));
        }
        if (kind == Window.Kind.FREEZE && !entry.has("from")) {
            entry.put("from", now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return WindowDocument.check(kind, entry.put("by", actor));
    }

    /** Refuses a name that is taken, one too many, and a scope that the estate does not have. */
    private void requireFree(Window window, Policy policy) {
        List<String> taken = names(window.kind(), policy);
        if (taken.contains(window.name())) {
            throw refused("/" + NAME, "there is one of this name", "DUPLICATE");
        }
        if (taken.size() >= MOST) {
            throw refused("", "there are " + MOST + " already: remove those that ended", "MAX");
        }
        Optional<Estate> estate = estates.current().map(Version::body);
        if (window.scope().filter(s -> !isKnown(s, estate)).isPresent()) {
            throw refused("/scope", "the estate has none of this name", "UNKNOWN_SCOPE");
        }
    }

    private static boolean isKnown(ComponentId scope, Optional<Estate> estate) {
        return estate.filter(e -> e.components().contains(scope)).isPresent();
    }

    /** Named by the version of the policy that brings it: no other ever had this name. */
    private static String unusedName(Window.Kind kind, int version, List<String> taken) {
        String stem = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + version;
        String name = stem;
        for (int i = 2; taken.contains(name); i++) {
            name = stem + "-" + i;
        }
        return name;
    }

    private static List<String> names(Window.Kind kind, Policy policy) {
        return of(kind, policy).stream().map(Window::name).toList();
    }

    private static List<Window> of(Window.Kind kind, Policy policy) {
        return policy.windows().stream().filter(window -> window.kind() == kind).toList();
    }

    private static ProblemException none(Window.Kind kind) {
        String what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Problem.of(ProblemType.NOT_FOUND, "The policy has no " + what + " of this name.")
                .exception();
    }

    private static InvalidDocument refused(String pointer, String message, String code) {
        return new InvalidDocument(List.of(new DocumentProblem(pointer, message, code)));
    }
}
