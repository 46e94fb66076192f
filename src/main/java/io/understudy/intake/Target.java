package io.understudy.intake;

import io.understudy.estate.ComponentId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How labels name a component of the estate. */
public sealed interface Target {

    /** What the labels name. */
    sealed interface Found {
        /** This component, which the estate has. */
        record Component(ComponentId id) implements Found {}

        /** The labels do not speak of it: the next rule is asked. */
        record NotSaid() implements Found {}

        /**
         * The labels name what the estate does not have, or name it ambiguously: no other rule may
         * guess.
         */
        record Refused(String why) implements Found {}
    }

    Found find(Map<String, String> labels, Hosts hosts);

    /** A component id in which {@code {label}} stands for a label's value. */
    record Template(String text) implements Target {

        private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");

        @Override
        public Found find(Map<String, String> labels, Hosts hosts) {
            Matcher places = PLACE.matcher(text);
            StringBuilder id = new StringBuilder();
            while (places.find()) {
                String value = labels.getOrDefault(places.group(1), "");
                if (value.isBlank()) {
                    return new Found.NotSaid();
                }
                places.appendReplacement(id, Matcher.quoteReplacement(value));
            }
            return known(places.appendTail(id).toString(), hosts);
        }

        private Found known(String id, Hosts hosts) {
            try {
                ComponentId component = ComponentId.parse(id);
                return hosts.has(component)
                        ? new Found.Component(component)
                        : new Found.Refused("the estate has no component " + component);
            } catch (IllegalArgumentException e) {
                // many systems have a label "component" that means something else than ours
                return text.startsWith("{")
                        ? new Found.NotSaid()
                        : new Found.Refused(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * The server or SQL instance on a host of the estate.
     *
     * @param label holds the host, with or without a port
     * @param sqlInstanceLabel says which SQL instance where the host has several
     */
    record Host(String label, String sqlInstanceLabel) implements Target {

        @Override
        public Found find(Map<String, String> labels, Hosts hosts) {
            String host = host(labels.getOrDefault(label, ""));
            return hosts.server(host)
                    .map(server -> known(server, hosts))
                    .orElseGet(() -> instance(labels, host, hosts));
        }

        /** What may not be spoken of is as a host that the estate does not have. */
        private static Found known(ComponentId id, Hosts hosts) {
            return hosts.has(id) ? new Found.Component(id) : new Found.NotSaid();
        }

        private Found instance(Map<String, String> labels, String host, Hosts hosts) {
            List<ComponentId> all = hosts.instances(host);
            if (all.size() == 1) {
                return known(all.getFirst(), hosts);
            }
            List<ComponentId> instances = all.stream().filter(hosts::has).toList();
            if (instances.isEmpty()) {
                return new Found.NotSaid();
            }
            String instance = labels.getOrDefault(sqlInstanceLabel, "").toLowerCase(Locale.ROOT);
            return instances.stream()
                    .filter(id -> id.name().equals(host + "/" + instance))
                    .findFirst()
                    .<Found>map(Found.Component::new)
                    .orElseGet(() -> new Found.Refused(ambiguous(host, instances)));
        }

        private String ambiguous(String host, List<ComponentId> instances) {
            return host
                    + " has several SQL instances, "
                    + instances
                    + " for instance, and the label "
                    + sqlInstanceLabel
                    + " names none of them";
        }

        /**
         * The host of {@code host:port}, {@code host\instance} or {@code scheme://host:port/path}.
         */
        private static String host(String instance) {
            String host = instance.toLowerCase(Locale.ROOT);
            int scheme = host.indexOf("://");
            return host.substring(scheme < 0 ? 0 : scheme + 3).split("[:/\\\\]", 2)[0];
        }
    }
}
