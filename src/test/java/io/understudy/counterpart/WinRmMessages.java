package io.understudy.counterpart;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The messages of WS-Management's shell, as far as they are spoken here (MS-WSMV). */
final class WinRmMessages {

    static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
    private static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    private static final String WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";

    private WinRmMessages() {}

    /** A request. */
    record Request(Document document) {

        static Request read(byte[] body) throws IOException, SAXException {
            try {
                DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
                factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
                return new Request(
                        factory.newDocumentBuilder().parse(new ByteArrayInputStream(body)));
            } catch (ParserConfigurationException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Create, Command, Receive, Send, Signal or Delete. */
        String operation() {
            String action = text(ADDRESSING, "Action");
            return action.substring(action.lastIndexOf('/') + 1);
        }

        String id() {
            return text(ADDRESSING, "MessageID");
        }

        boolean forCommandShell() {
            return text(WSMAN, "ResourceURI").equals(SHELL + "/cmd");
        }

        Optional<String> shellId() {
            NodeList selectors = all(WSMAN, "Selector");
            for (int i = 0; i < selectors.getLength(); i++) {
                if (selectors.item(i) instanceof Element e
                        && e.getAttribute("Name").equals("ShellId")) {
                    return Optional.of(e.getTextContent().trim());
                }
            }
            return Optional.empty();
        }

        /**
         * The command that an element of this name is about; some clients qualify the attribute.
         */
        String commandId(String element) {
            if (!(all(SHELL, element).item(0) instanceof Element e)) {
                return "";
            }
            String plain = e.getAttribute("CommandId");
            return plain.isEmpty() ? e.getAttributeNS(SHELL, "CommandId") : plain;
        }

        Map<String, String> environment() {
            Map<String, String> variables = new LinkedHashMap<>();
            NodeList all = all(SHELL, "Variable");
            for (int i = 0; i < all.getLength(); i++) {
                if (all.item(i) instanceof Element e) {
                    variables.put(e.getAttribute("Name"), e.getTextContent());
                }
            }
            return variables;
        }

        String commandLine() {
            StringBuilder line = new StringBuilder(text(SHELL, "Command"));
            NodeList arguments = all(SHELL, "Arguments");
            for (int i = 0; i < arguments.getLength(); i++) {
                line.append(' ').append(arguments.item(i).getTextContent());
            }
            return line.toString();
        }

        byte[] input() {
            return Base64.getMimeDecoder().decode(text(SHELL, "Stream"));
        }

        boolean lastInput() {
            return all(SHELL, "Stream").item(0) instanceof Element e
                    && e.getAttribute("End").equalsIgnoreCase("true");
        }

        Duration operationTimeout() {
            String told = text(WSMAN, "OperationTimeout");
            return told.isEmpty() ? Duration.ofSeconds(60) : Duration.parse(told);
        }

        private String text(String namespace, String name) {
            NodeList found = all(namespace, name);
            return found.getLength() == 0 ? "" : found.item(0).getTextContent().trim();
        }

        private NodeList all(String namespace, String name) {
            return document.getElementsByTagNameNS(namespace, name);
        }
    }

    static String created(String relatesTo, String shell) {
        String body =
                """
                <x:ResourceCreated><a:Address>https://localhost/wsman</a:Address>\
                <a:ReferenceParameters><w:ResourceURI>%s/cmd</w:ResourceURI><w:SelectorSet>\
                <w:Selector Name="ShellId">%s</w:Selector></w:SelectorSet></a:ReferenceParameters>\
                </x:ResourceCreated><rsp:Shell><rsp:ShellId>%s</rsp:ShellId>\
                <rsp:InputStreams>stdin</rsp:InputStreams>\
                <rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell>\
                """;
        return envelope(
                TRANSFER + "/CreateResponse", relatesTo, body.formatted(SHELL, shell, shell));
    }

    static String started(String relatesTo, String command) {
        return envelope(
                SHELL + "/CommandResponse",
                relatesTo,
                "<rsp:CommandResponse><rsp:CommandId>"
                        + command
                        + "</rsp:CommandId></rsp:CommandResponse>");
    }

    static String received(String relatesTo, String command, WinRmCommand.Piece piece) {
        String state =
                piece.ended()
                        ? "Done\"><rsp:ExitCode>" + piece.exitCode() + "</rsp:ExitCode>"
                        : "Running\">";
        return envelope(
                SHELL + "/ReceiveResponse",
                relatesTo,
                "<rsp:ReceiveResponse>"
                        + stream("stdout", command, piece.output(), piece.ended())
                        + stream("stderr", command, piece.error(), piece.ended())
                        + "<rsp:CommandState CommandId=\""
                        + command
                        + "\" State=\""
                        + SHELL
                        + "/CommandState/"
                        + state
                        + "</rsp:CommandState></rsp:ReceiveResponse>");
    }

    /** An answer without content. */
    static String done(String relatesTo, String namespace, String operation) {
        boolean empty = operation.equals("Delete");
        return envelope(
                namespace + "/" + operation + "Response",
                relatesTo,
                empty ? "" : "<rsp:" + operation + "Response/>");
    }

    static String fault(String relatesTo, String subcode, String code, String message) {
        String body =
                """
                <s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>%s</s:Value>\
                </s:Subcode></s:Code><s:Reason><s:Text xml:lang="en-US">%s</s:Text></s:Reason>\
                <s:Detail><f:WSManFault \
                xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="%s" \
                Machine="localhost"><f:Message>%s</f:Message></f:WSManFault></s:Detail></s:Fault>\
                """;
        return envelope(
                "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault",
                relatesTo,
                body.formatted(subcode, message, code, message));
    }

    private static String stream(String name, String command, byte[] bytes, boolean last) {
        String start = "<rsp:Stream Name=\"" + name + "\" CommandId=\"" + command + "\"";
        String content =
                bytes.length == 0
                        ? ""
                        : start + ">" + Base64.getEncoder().encodeToString(bytes) + "</rsp:Stream>";
        return content + (last ? start + " End=\"true\"></rsp:Stream>" : "");
    }

    private static String envelope(String action, String relatesTo, String body) {
        String envelope =
                """
                <s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
                xmlns:a="%s" xmlns:x="%s" xmlns:w="%s" xmlns:rsp="%s" \
                xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"><s:Header>\
                <a:Action>%s</a:Action><a:MessageID>uuid:%s</a:MessageID>\
                <a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To>\
                <a:RelatesTo>%s</a:RelatesTo></s:Header><s:Body>%s</s:Body></s:Envelope>\
                """;
        return envelope.formatted(
                ADDRESSING, TRANSFER, WSMAN, SHELL, action, UUID.randomUUID(), relatesTo, body);
    }
}
