package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.access.Grant;
import io.understudy.access.Grants;
import io.understudy.access.Scope;
import io.understudy.document.DocumentProblem;
import io.understudy.document.InvalidDocument;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A role with the places where it holds, as keys show and ask for it; none means everywhere. */
record GrantView(String role, List<String> sites, List<String> pools) {

    /** All grants, those that hold everywhere too. */
    static List<GrantView> of(Grants grants) {
        return grants.all().stream()
                .sorted(Comparator.comparing(Grant::role).thenComparing(g -> g.scope().toString()))
                .map(GrantView::of)
                .toList();
    }

    private static GrantView of(Grant grant) {
        return switch (grant.scope()) {
            case Scope.Everywhere _ ->
                    new GrantView(Roles.name(grant.role()), List.of(), List.of());
            case Scope.Within within ->
                    new GrantView(
                            Roles.name(grant.role()),
                            within.sites().stream().map(SiteName::value).sorted().toList(),
                            within.pools().stream().map(PoolFqdn::value).sorted().toList());
        };
    }

    /**
     * What a request asks for: {@code roles}, which hold everywhere, and {@code grants}.
     *
     * @throws InvalidDocument when a grant names its places and there are none: taken for
     *     everywhere, a list that came out empty by mistake would give away the estate
     */
    static Grants read(JsonNode wanted) {
        Set<Grant> all = new HashSet<>();
        wanted.path("roles")
                .forEach(role -> all.add(new Grant(Roles.role(role.asText()), Scope.EVERYWHERE)));
        List<DocumentProblem> problems = new ArrayList<>();
        int i = 0;
        for (JsonNode grant : wanted.path("grants")) {
            String pointer = "/grants/" + i++;
            Set<SiteName> sites = named(grant, "sites", SiteName::new, pointer, problems);
            Set<PoolFqdn> pools = named(grant, "pools", PoolFqdn::new, pointer, problems);
            boolean named = grant.has("sites") || grant.has("pools");
            if (named && sites.isEmpty() && pools.isEmpty()) {
                problems.add(
                        new DocumentProblem(
                                pointer,
                                "names no place: leave sites and pools out for everywhere",
                                "EMPTY_SCOPE"));
            }
            all.add(
                    new Grant(
                            Roles.role(grant.path("role").asText()),
                            named ? new Scope.Within(sites, pools) : Scope.EVERYWHERE));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
        return new Grants(all);
    }

    private static <T> Set<T> named(
            JsonNode grant,
            String field,
            Function<String, T> parse,
            String pointer,
            List<DocumentProblem> problems) {
        Set<T> names = new HashSet<>();
        int i = 0;
        for (JsonNode name : grant.path(field)) {
            try {
                names.add(parse.apply(name.asText()));
            } catch (IllegalArgumentException e) {
                problems.add(
                        new DocumentProblem(
                                pointer + "/" + field + "/" + i,
                                String.valueOf(e.getMessage()),
                                "INVALID"));
            }
            i++;
        }
        return names;
    }
}
