package io.understudy.topology;

import io.understudy.topology.UnreadableTopology.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the topology in a document, whatever it is wrapped in. */
final class TopologyElement {

    private static final Set<String> NAMES = Set.of("topology", "partialtopology");
    private static final String NAMESPACES = "urn:schema:microsoft.rtc.";

    private TopologyElement() {}

    /**
     * The topology: of a Topology Builder file the new one, since the others are what it was before
     * it was edited; else the first.
     *
     * @throws UnreadableTopology when there is none
     */
    static Element in(Element root) {
        List<Element> all = candidates(root).toList();
        return root.all()
                .filter(e -> e.isNamed("NewTopology"))
                .flatMap(TopologyElement::candidates)
                .findFirst()
                .or(() -> all.stream().findFirst())
                .orElseThrow(() -> notATopology(root));
    }

    private static Stream<Element> candidates(Element root) {
        return root.all().filter(e -> NAMES.contains(e.name())).filter(TopologyElement::isOurs);
    }

    /** Other products have an element of this name too. */
    private static boolean isOurs(Element element) {
        return Element.folded(element.namespace()).startsWith(NAMESPACES)
                || element.below("Cluster").findAny().isPresent();
    }

    private static UnreadableTopology notATopology(Element root) {
        String namespace =
                root.namespace().isEmpty()
                        ? "no namespace"
                        : "the namespace " + shown(root.namespace());
        return new UnreadableTopology(
                Reason.NOT_A_TOPOLOGY,
                "the root element is "
                        + shown(root.written())
                        + " in "
                        + namespace
                        + ", and no topology is in it; expected is TopologyBuilder with a PartialTopology (a .tbxml"
                        + " file) or Topology in urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008"
                        + " (Get-CsTopology -AsXml)",
                root.line(),
                0);
    }

    private static String shown(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
