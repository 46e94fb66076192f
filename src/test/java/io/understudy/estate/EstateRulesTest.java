package io.understudy.estate;

import static io.understudy.estate.EstateRuleRow.CHAT;
import static io.understudy.estate.EstateRuleRow.CHAT_STORE;
import static io.understudy.estate.EstateRuleRow.SHIPPING;
import static io.understudy.estate.EstateRuleRow.STANDARD_PAIR;
import static io.understudy.estate.EstateRuleRow.apply;
import static io.understudy.estate.EstateRuleRow.edited;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.document.EstateDocument;
import io.understudy.document.InvalidDocument;
import io.understudy.document.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row per rule: what breaks it, and what just does not. */
class EstateRulesTest {

    static Stream<EstateRuleRow> rows() {
        return Stream.of(NameRuleRows.all(), PoolRuleRows.all(), StoreRuleRows.all())
                .flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRuleIsSeenWhereItIsBrokenAndNotWhereItIsJustKept(EstateRuleRow row) {
        ObjectNode broken = edited(row.before(), row.breaking());
        List<Violation> violations = EstateRules.check(EstateDocument.read(broken));
        assertTrue(
                violations.stream()
                        .anyMatch(v ->
                                v.code().equals(row.code())
                                        && v.pointer().equals(row.pointer())
                                        && v.severity().name().equals(row.severity())),
                () -> violations.toString());
        assertPointersResolve(broken, violations, "");
        assertFalse(
                EstateRules.check(EstateDocument.read(edited(row.before(), row.fine()))).stream()
                        .anyMatch(v ->
                                v.code().equals(row.code()) && v.pointer().equals(row.pointer())),
                row.fine());
    }

    @Test
    void everyRuleHasARow() {
        assertEquals(
                new TreeSet<>(EstateRules.codes()),
                rows().map(EstateRuleRow::code).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aLegalPairOfStandardPoolsBreaksNoRule() {
        ObjectNode document =
                edited(List.of(STANDARD_PAIR), "/pools/2/nextHopPool = pool1.contoso.com");
        assertEquals(List.of(), EstateRules.check(EstateDocument.read(document)));
    }

    @Test
    void aLegalPersistentChatPoolBreaksNoRule() {
        ObjectNode document =
                edited(
                        List.of(CHAT, CHAT_STORE, SHIPPING),
                        "/pools/5/servers/- = {fqdn: c2.contoso.com, site: dublin}");
        assertEquals(List.of(), EstateRules.check(EstateDocument.read(document)));
    }

    @Test
    void anEmptyEstateCanBeSavedButCanCondemnNothing() {
        assertEquals(
                List.of("TOO_FEW_VANTAGE_POINTS"),
                EstateRules.check(EstateDocument.read(Samples.yaml("name: empty"))).stream()
                        .map(Violation::code)
                        .toList());
    }

    @Test
    void everyViolationSaysWhatIsWrongAndWhereTheRuleStands() {
        Set<String> codes = new HashSet<>();
        rows().forEach(row ->
                EstateRules.check(EstateDocument.read(edited(row.before(), row.breaking())))
                        .forEach(v -> {
                            assertTrue(v.message().length() > 20, v.toString());
                            assertTrue(v.source().matches("(domain|product)\\.md.*"), v.toString());
                            codes.add(v.code());
                        }));
        assertEquals(new HashSet<>(EstateRules.codes()), codes);
    }

    @Test
    void pointersResolveHoweverTheDocumentIsBent() {
        long seed = 8151;
        Random random = new Random(seed);
        List<String> edits = rows().flatMap(row -> Stream.of(row.breaking(), row.fine())).toList();
        for (int round = 0; round < 500; round++) {
            ObjectNode document = edited(List.of(CHAT, CHAT_STORE, SHIPPING), null);
            List<String> made = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                String edit = edits.get(random.nextInt(edits.size()));
                if (apply(document, edit)) {
                    made.add(edit);
                }
            }
            String story = "seed " + seed + ", round " + round + ": " + made;
            try {
                assertPointersResolve(
                        document, EstateRules.check(EstateDocument.read(document)), story);
            } catch (InvalidDocument unreadable) {
                assertFalse(unreadable.problems().isEmpty(), story);
            }
        }
    }

    private static void assertPointersResolve(
            JsonNode document, List<Violation> violations, String story) {
        for (Violation violation : violations) {
            assertFalse(document.at(violation.pointer()).isMissingNode(), story + " " + violation);
        }
    }
}
