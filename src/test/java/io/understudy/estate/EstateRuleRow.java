package io.understudy.estate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.document.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One row of the test: a rule, what breaks it, and what just does not.
 *
 * @param before edits that both documents have
 * @param breaking the edit that breaks the rule
 * @param fine the edit that comes nearest without breaking it
 */
record EstateRuleRow(
        String code,
        String severity,
        String pointer,
        List<String> before,
        String breaking,
        String fine) {
    EstateRuleRow after(String... edits) {
        return new EstateRuleRow(code, severity, pointer, List.of(edits), breaking, fine);
    }

    @Override
    public String toString() {
        return code + " at " + pointer;
    }

    static final String CHAT =
            "/pools/- = {fqdn: chat1.contoso.com, role: PERSISTENT_CHAT, release: SFB_2015, site: redmond, store: chat1, servers: [{fqdn: c1.contoso.com}]}";
    static final String CHAT_STORE =
            "/stores/- = {name: chat1, site: redmond, technology: MIRRORING, primary: {fqdn: sql11.contoso.com, instance: chat}, mirror: {fqdn: sql12.contoso.com, instance: chat}, databases: [{name: mgc, type: PERSISTENT_CHAT}]}";
    static final String REPORTING_STORE =
            "/stores/- = {name: mon, site: redmond, technology: MIRRORING, primary: {fqdn: sql11.contoso.com, instance: mon}, mirror: {fqdn: sql12.contoso.com, instance: mon}, databases: [{name: LcsLog, type: ARCHIVING}, {name: LcsCDR, type: MONITORING}], criticalMode: true}";
    static final String SHIPPING =
            "/stores/4/logShipping = {secondary: {fqdn: sql13.contoso.com, instance: chat, site: dublin}}";
    static final String[] STANDARD_PAIR = {
        "/pools/0/edition = STANDARD", "/pools/0/servers = [{fqdn: fe1.contoso.com}]",
                "/pools/0/store -",
        "/pools/1/edition = STANDARD", "/pools/1/servers = [{fqdn: fe4.contoso.com}]",
                "/pools/1/store -",
        "/stores = []", "/pools/2 -", "/pools/2 -"
    };

    static EstateRuleRow error(String code, String pointer, String breaking, String fine) {
        return new EstateRuleRow(code, "ERROR", pointer, List.of(), breaking, fine);
    }

    static EstateRuleRow advice(String code, String pointer, String breaking, String fine) {
        return new EstateRuleRow(code, "ADVICE", pointer, List.of(), breaking, fine);
    }

    static String servers(int pool, int count) {
        return "/pools/"
                + pool
                + "/servers = "
                + Stream.iterate(1, i -> i <= count, i -> i + 1)
                        .map(i -> "{fqdn: member" + i + ".contoso.com}")
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    static String[] with(String[] edits, String more) {
        List<String> all = new ArrayList<>(List.of(edits));
        all.add(more);
        return all.toArray(String[]::new);
    }

    static ObjectNode edited(List<String> before, String last) {
        ObjectNode document = Samples.estateDocument();
        before.forEach(edit -> assertTrue(apply(document, edit), edit));
        if (last != null) {
            assertTrue(apply(document, last), last);
        }
        return document;
    }

    /**
     * Carries out {@code pointer = yaml} or {@code pointer -}; false when there is no such place.
     */
    static boolean apply(ObjectNode document, String edit) {
        String[] parts = edit.split(" ", 3);
        JsonPointer pointer = JsonPointer.compile(parts[0]);
        JsonNode parent = document.at(pointer.head());
        String field = pointer.last().getMatchingProperty();
        boolean removes = parts[1].equals("-");
        JsonNode value = removes ? null : Samples.yaml("v: " + parts[2]).path("v");
        if (parent instanceof ObjectNode object) {
            if (removes) {
                object.remove(field);
            } else {
                object.set(field, value);
            }
            return true;
        }
        return parent instanceof ArrayNode array && applyTo(array, field, removes, value);
    }

    private static boolean applyTo(ArrayNode array, String field, boolean removes, JsonNode value) {
        if (field.equals("-")) {
            array.add(value);
            return true;
        }
        int index = Integer.parseInt(field);
        if (index >= array.size()) {
            return false;
        }
        if (removes) {
            array.remove(index);
        } else {
            array.set(index, value);
        }
        return true;
    }
}
