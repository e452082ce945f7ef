package io.websip.internal.auth;

/** The two ways of asking: by the server that answers, and by a proxy on the way (RFC 3261 sections 22.2 and 22.3). */
public enum AuthKind {
    /** 401. */
    SERVER("WWW-Authenticate", "Authorization", "Authentication-Info"),
    /** 407. */
    PROXY("Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info");

    private final String challenge;
    private final String credentials;
    private final String info;

    AuthKind(String challenge, String credentials, String info) {
        this.challenge = challenge;
        this.credentials = credentials;
        this.info = info;
    }

    /** The header of the challenge. */
    public String challengeHeader() {
        return challenge;
    }

    /** The header of the answer. */
    public String credentialsHeader() {
        return credentials;
    }

    /** The header of what the server says of the answer (RFC 7616 section 3.5). */
    public String infoHeader() {
        return info;
    }
}
