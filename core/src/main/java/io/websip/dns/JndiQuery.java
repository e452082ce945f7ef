package io.websip.dns;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** The one place that needs JNDI: an image without it fails here, at the first lookup, and nowhere before. */
final class JndiQuery {
    private static final String FIRST_TIMEOUT_MILLIS = "1000"; // it doubles with each retry
    private static final String TRIES = "3";

    private JndiQuery() {}

    /**
     * Asks and blocks. The name has been checked to be no URL, which would take JNDI to whatever it names; attributes of
     * DNS are text, of which nothing is deserialized.
     *
     * @param servers as a provider URL of JNDI
     * @return the records as text; empty if there are none
     */
    @SuppressWarnings("BanJNDI")
    static List<String> ask(String servers, String type, String name) throws NamingException {
        String checked = DnsNames.normal("name", name);
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, servers);
        environment.put("com.sun.jndi.dns.timeout.initial", FIRST_TIMEOUT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        InitialDirContext context = new InitialDirContext(environment);
        try {
            Attribute attribute =
                    context.getAttributes(checked, new String[] {type}).get(type);
            return attribute == null ? List.of() : texts(attribute);
        } catch (NameNotFoundException e) {
            return List.of();
        } finally {
            context.close();
        }
    }

    @SuppressWarnings("BanJNDI")
    private static List<String> texts(Attribute attribute) throws NamingException {
        List<String> texts = new ArrayList<>();
        NamingEnumeration<?> values = attribute.getAll();
        while (values.hasMore()) {
            texts.add(String.valueOf(values.next()));
        }
        values.close();
        return texts;
    }
}
