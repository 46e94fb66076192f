package io.understudy.document;

import io.understudy.routing.Route;
import io.understudy.routing.Routing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a routing of the right shape may all the same not say. */
final class RoutingRules {

    private static final Pattern FQDN =
            Pattern.compile(
                    "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
                            + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
                            + "\\.[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);

    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

    private RoutingRules() {}

    /** Refuses what there is not, what is there twice, and hosts that are none. */
    static void check(Cursor document, Set<String> executors) {
        List<DocumentProblem> problems = new ArrayList<>();
        Set<String> servers = new HashSet<>();
        document.list("managementServers", server -> server)
                .forEach(server -> {
                    if (!servers.add(server.text("name"))) {
                        problems.add(
                                problem(
                                        server.at("name"),
                                        "names one above: choose another",
                                        "DUPLICATE"));
                    }
                    server(server, problems);
                });
        document.list("routes", route -> route)
                .forEach(route -> route(route, servers, executors, problems));
        refuse(problems);
    }

    private static void server(Cursor server, List<DocumentProblem> problems) {
        if (server.has("host") && !isHost(server.text("host"))) {
            problems.add(
                    problem(
                            server.at("host"),
                            "is neither a fully qualified domain name nor an IP address",
                            "HOST"));
        }
        if (server.text("transport").equals("LOCAL")) {
            return;
        }
        if (!server.has("host")) {
            problems.add(problem(server.at("host"), "is required and missing", "REQUIRED"));
        }
        if (server.text("transport").equals("SSH") && !server.has("user")) {
            problems.add(problem(server.at("user"), "is required for SSH and missing", "REQUIRED"));
        }
    }

    static boolean isHost(String host) {
        return FQDN.matcher(host).matches() || IPV4.matcher(host).matches() || isIpv6(host);
    }

    /** Eight groups, or fewer with one run of them left out. */
    private static boolean isIpv6(String host) {
        String[] halves = host.split("::", -1);
        List<String> groups =
                Stream.of(halves)
                        .filter(half -> !half.isEmpty())
                        .flatMap(half -> Stream.of(half.split(":", -1)))
                        .toList();
        return groups.stream().allMatch(group -> GROUP.matcher(group).matches())
                && (halves.length == 1
                        ? groups.size() == 8
                        : halves.length == 2 && groups.size() < 8);
    }

    private static void route(
            Cursor route,
            Set<String> servers,
            Set<String> executors,
            List<DocumentProblem> problems) {
        if (!executors.contains(route.text("executor"))) {
            problems.add(
                    problem(
                            route.at("executor"),
                            "is no executor that is configured here; there are "
                                    + executors.stream().sorted().toList(),
                            "UNKNOWN"));
        }
        if (route.has("managementServer") && !servers.contains(route.text("managementServer"))) {
            problems.add(
                    problem(
                            route.at("managementServer"),
                            "is none of the managementServers above",
                            "UNKNOWN"));
        }
        Stream.of("store", "pool", "site")
                .filter(route::has)
                .skip(1)
                .forEach(second ->
                        problems.add(
                                problem(
                                        route.at(second),
                                        "a route is of one store, one pool or one site",
                                        "SECOND_SCOPE")));
        if (route.has("timeLimit") && route.text("timeLimit").matches("P(T?0*[DHMS.0]*)+")) {
            problems.add(problem(route.at("timeLimit"), "is more than nothing", "TOO_SHORT"));
        }
    }

    /** Refuses two routes that fit the same action while neither says more. */
    static void checkRivals(Routing routing, Cursor places) {
        List<DocumentProblem> problems = new ArrayList<>();
        Map<Object, List<Integer>> byScope = new HashMap<>();
        for (int i = 0; i < routing.routes().size(); i++) {
            Route route = routing.routes().get(i);
            List<Integer> before = byScope.computeIfAbsent(route.scope(), _ -> new ArrayList<>());
            int place = i;
            before.stream()
                    .filter(earlier -> routing.routes().get(earlier).rivals(route))
                    .findFirst()
                    .ifPresent(earlier ->
                            problems.add(
                                    problem(
                                            places.at(Integer.toString(place)),
                                            "fits what /routes/"
                                                    + earlier
                                                    + " fits, and says no more of it: leave one"
                                                    + " out, or narrow one by operations, site,"
                                                    + " pool or store",
                                            "TIE")));
            before.add(i);
        }
        refuse(problems);
    }

    private static void refuse(List<DocumentProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
    }

    private static DocumentProblem problem(Cursor place, String message, String code) {
        return new DocumentProblem(place.pointer(), message, code);
    }
}
