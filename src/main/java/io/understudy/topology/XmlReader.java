package io.understudy.topology;

import io.understudy.topology.UnreadableTopology.Reason;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Bytes to a tree of elements. Nothing is ever fetched: document types, entities and XInclude are
 * refused where they stand.
 */
final class XmlReader {

    /** The deepest nesting of elements; the deepest topology that is known has 10. */
    static final int MOST_DEPTH = 64;

    /** The most elements of one document; a Front End pool takes some 200. */
    static final int MOST_ELEMENTS = 200_000;

    private static final String XINCLUDE = "http://www.w3.org/2001/XInclude";
    private static final int LONGEST_MESSAGE = 200;

    private final XMLStreamReader xml;
    private final int linesBefore;
    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;

    private XmlReader(XMLStreamReader xml, int linesBefore) {
        this.xml = xml;
        this.linesBefore = linesBefore;
    }

    /** An element whose end was not read yet; the first one is the document itself. */
    private record Open(
            String name,
            String namespace,
            Map<String, String> attributes,
            List<Element> children,
            StringBuilder text,
            int line) {

        Element closed() {
            return new Element(
                    Element.folded(name),
                    name,
                    namespace,
                    attributes,
                    children,
                    text.toString().strip(),
                    line);
        }
    }

    /**
     * Reads one document and gives its root element.
     *
     * @throws UnreadableTopology saying what is wrong and where
     */
    static Element read(byte[] body) {
        XmlText source = XmlText.of(body);
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(new StringReader(source.text()));
            return new XmlReader(xml, source.linesBefore()).root();
        } catch (XMLStreamException e) {
            throw malformed(e, source.linesBefore());
        }
    }

    /** The JDK's own parser, whatever else is on the class path: its limits are known. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((_, system, _, _) -> {
            throw new XMLStreamException("nothing is fetched, and so not " + system);
        });
        return factory;
    }

    private Element root() throws XMLStreamException {
        Open document = opened("", "", Map.of());
        open.push(document);
        while (xml.hasNext()) {
            event(xml.next());
        }
        return document.children().stream()
                .findFirst()
                .orElseThrow(() -> refused(Reason.NOT_XML, "the document has no element"));
    }

    private void event(int kind) {
        switch (kind) {
            case XMLStreamConstants.START_ELEMENT -> start();
            case XMLStreamConstants.END_ELEMENT -> {
                Element closed = open.pop().closed();
                open.getFirst().children().add(closed);
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.getFirst().text().append(xml.getText());
            case XMLStreamConstants.DTD ->
                    throw refused(
                            Reason.DOCTYPE,
                            "the document has a DOCTYPE: document types and entities are not read, a topology has none");
            case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw refused(
                            Reason.ENTITY,
                            "the entity "
                                    + xml.getLocalName()
                                    + " is not read, a topology has none");
            default -> {
                // comments and processing instructions say nothing of a topology
            }
        }
    }

    private void start() {
        String namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
        withinLimits(namespace);
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.putIfAbsent(
                    Element.folded(xml.getAttributeLocalName(i)), xml.getAttributeValue(i));
        }
        open.push(opened(xml.getLocalName(), namespace, attributes));
    }

    private Open opened(String name, String namespace, Map<String, String> attributes) {
        return new Open(
                name,
                namespace,
                attributes,
                new ArrayList<>(),
                new StringBuilder(),
                line(xml.getLocation()));
    }

    private void withinLimits(String namespace) {
        elements++;
        if (elements > MOST_ELEMENTS) {
            throw refused(
                    Reason.TOO_MANY_ELEMENTS,
                    "the document has more than the " + MOST_ELEMENTS + " elements that are read");
        }
        if (open.size() > MOST_DEPTH) {
            throw refused(
                    Reason.TOO_DEEP,
                    "elements are nested deeper than the " + MOST_DEPTH + " levels that are read");
        }
        if (namespace.equals(XINCLUDE)) {
            throw refused(Reason.XINCLUDE, "XInclude is not read: write out what it stands for");
        }
    }

    private UnreadableTopology refused(Reason reason, String message) {
        return new UnreadableTopology(
                reason, message, line(xml.getLocation()), xml.getLocation().getColumnNumber());
    }

    private int line(Location where) {
        return where.getLineNumber() + linesBefore;
    }

    private static UnreadableTopology malformed(XMLStreamException e, int linesBefore) {
        Location where = e.getLocation();
        boolean known = where != null && where.getLineNumber() > 0;
        return new UnreadableTopology(
                Reason.NOT_XML,
                "the document is not well-formed XML: " + plain(String.valueOf(e.getMessage())),
                known ? where.getLineNumber() + linesBefore : 0,
                known ? where.getColumnNumber() : 0);
    }

    /** The parser's words without the place, which is told apart, and without its own codes. */
    private static String plain(String message) {
        String words =
                message.replaceFirst("(?s)^.*?Message: ", "")
                        .lines()
                        .findFirst()
                        .orElse("")
                        .replaceFirst("^http\\S+#(\\w+)\\?(\\S*)$", "$1 ($2)")
                        .replaceFirst("^JAXP\\d+: ", "");
        return words.length() <= LONGEST_MESSAGE
                ? words
                : words.substring(0, LONGEST_MESSAGE) + "…";
    }
}
