package io.understudy.e2e;

import io.understudy.testing.CuttableLine;
import io.understudy.testing.PostgresPair;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** Three replicas of the packaged service on one database, each on lines of its own to it. */
final class ThreeReplicas implements AutoCloseable {

    private static final int COUNT = 3;

    private final Path home;
    private final PostgresPair pair;
    private final Map<String, String> settings;
    private final Map<Integer, Integer> started = new HashMap<>();
    private final List<List<CuttableLine>> lines = new ArrayList<>();
    private final CopyOnWriteArrayList<Service> services = new CopyOnWriteArrayList<>();

    /**
     * @param home where each keeps its data and its log
     * @param settings what is set besides the database
     */
    ThreeReplicas(Path home, PostgresPair pair, Map<String, String> settings) {
        this.home = home;
        this.pair = pair;
        this.settings = settings;
        for (int i = 0; i < COUNT; i++) {
            lines.add(
                    List.of(
                            CuttableLine.to(port(pair.primaryUrl())),
                            CuttableLine.to(port(pair.standbyUrl()))));
        }
        for (int i = 0; i < COUNT; i++) {
            services.add(start(i));
        }
    }

    private static int port(String url) {
        return URI.create(url.substring("jdbc:".length())).getPort();
    }

    int count() {
        return COUNT;
    }

    Service get(int number) {
        return services.get(number);
    }

    Service any(RandomGenerator chance) {
        return services.get(chance.nextInt(COUNT));
    }

    /** As kill -9 does, and started anew. */
    void restart(int number) {
        services.get(number).kill();
        services.set(number, start(number));
    }

    /** The lines of one replica to the database. */
    List<CuttableLine> lines(int number) {
        return lines.get(number);
    }

    private Service start(int number) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?targetServerType=primary&sslmode=disable&connectTimeout=3&socketTimeout=5&ApplicationName=replica-%d-%d"
                        .formatted(
                                lines.get(number).getFirst().port(),
                                lines.get(number).getLast().port(),
                                number,
                                started.merge(number, 1, Integer::sum)));
        environment.put("QUARKUS_DATASOURCE_USERNAME", pair.user());
        environment.put("QUARKUS_LOG_FILE_ENABLED", "true");
        environment.put(
                "QUARKUS_LOG_FILE_PATH", home.resolve("replica-" + number + ".log").toString());
        return Service.start(home.resolve("replica-" + number), environment);
    }

    @Override
    public void close() {
        services.forEach(Service::close);
        lines.forEach(ends -> ends.forEach(CuttableLine::close));
    }
}
