package io.websip.simulation;

import io.websip.config.Credentials;
import io.websip.sip.SipUri;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The users of a world: their names, addresses and passwords. */
final class People {
    /** Stands in each password. */
    static final String SECRET = "secret of ";

    private static final String REALM = "example.com";
    private static final String FOREIGN_REALM = "elsewhere.example";
    private static final String NOBODY = "nobody";
    private static final List<String> PLAIN = List.of("alice", "bob", "carol", "dave");
    private static final List<String> ODD = List.of("9901#1", "j\u00f6rg", "room;v=2", "100% \"me\"");

    private final List<String> users;

    /** @param odd whether their names hold what an address must escape, and what it must not */
    People(boolean odd) {
        this.users = odd ? ODD : PLAIN;
    }

    List<String> users() {
        return users;
    }

    static String password(String user) {
        return SECRET + user;
    }

    /** As a target and in From; a name stands there escaped only where it must be (RFC 3261 section 25.1). */
    String address(String user) {
        return "sip:" + (user.contains("\"") ? SipUri.escapeUser(user) : user) + "@example.com";
    }

    /** The address of a user, or that of nobody. */
    String target(Random random) {
        int which = random.nextInt(users.size() + 1);
        return address(which == users.size() ? NOBODY : users.get(which));
    }

    /** A realm that some have credentials for. */
    String realm(Random random) {
        return random.nextInt(3) == 0 ? REALM : FOREIGN_REALM;
    }

    /** For the realm of somebody else, which has a password of its own. */
    Credentials abroad(String user) {
        CredentialWatch.Account guest = guest(user);
        return Credentials.password(guest.username(), guest.password()).realm(FOREIGN_REALM);
    }

    private static CredentialWatch.Account guest(String user) {
        return new CredentialWatch.Account("guest " + user, SECRET + "guest " + user);
    }

    /** Who a user is in the realms that his agent has credentials for. */
    Map<String, CredentialWatch.Account> accounts(String user, boolean abroad) {
        CredentialWatch.Account own = new CredentialWatch.Account(user, password(user));
        return abroad ? Map.of(REALM, own, FOREIGN_REALM, guest(user)) : Map.of(REALM, own);
    }
}
