package io.understudy.counterpart;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/** A service that takes tickets with its key. */
public final class KerberosAcceptor {

    private static final String KERBEROS = "1.2.840.113554.1.2.2";

    private final Subject service;

    public KerberosAcceptor(String principal, Path keytab) throws LoginException {
        Configuration login =
                new Configuration() {
                    @Override
                    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                        return new AppConfigurationEntry[] {
                            new AppConfigurationEntry(
                                    "com.sun.security.auth.module.Krb5LoginModule",
                                    LoginModuleControlFlag.REQUIRED,
                                    Map.of(
                                            "useKeyTab", "true",
                                            "keyTab", keytab.toString(),
                                            "principal", principal,
                                            "storeKey", "true",
                                            "isInitiator", "false",
                                            "doNotPrompt", "true"))
                        };
                    }
                };
        LoginContext context = new LoginContext("service", new Subject(), null, login);
        context.login();
        service = context.getSubject();
    }

    /** Whether a token proves a user of the realm. */
    boolean accepts(byte[] token) {
        try {
            return Subject.callAs(service, () -> established(token));
        } catch (CompletionException e) {
            return false;
        }
    }

    private static boolean established(byte[] token) throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        GSSCredential key =
                manager.createCredential(
                        null,
                        GSSCredential.INDEFINITE_LIFETIME,
                        new Oid(KERBEROS),
                        GSSCredential.ACCEPT_ONLY);
        GSSContext context = manager.createContext(key);
        context.acceptSecContext(token, 0, token.length);
        return context.isEstablished();
    }
}
