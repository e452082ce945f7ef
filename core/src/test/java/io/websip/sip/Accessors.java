package io.websip.sip;

import java.util.List;
import java.util.function.IntSupplier;

/** Calls everything that can be asked of a verified message; none of it may throw. */
final class Accessors {
    /** Keeps the answers from being nothing: their total length. */
    private int length;

    private Accessors() {}

    static int callAll(SipMessage m) {
        Accessors a = new Accessors();
        a.message(m);
        return a.length;
    }

    private void use(Object value) {
        length += value.toString().length();
    }

    private void message(SipMessage m) {
        use(m);
        use(m.startLine());
        given(m, () -> m.callId().length());
        use(m.cseq());
        use(m.text());
        use(m.bodyLength() + m.body().length + m.length() + m.toBytes().length);
        given(m, () -> via(m.topVia()));
        use(m.topBranch());
        m.vias().forEach(this::via);
        use(m.hasSeveralVias());
        given(m, () -> address(m.from()));
        given(m, () -> address(m.to()));
        m.contacts().forEach(this::address);
        m.contentType().ifPresent(this::mediaType);
        if (m instanceof SipRequest r) {
            use(r.method().isKnown());
            use(r.maxForwards());
            use(r.requestUriText());
            uri(r.requestUri());
        } else if (m instanceof SipResponse r) {
            use(r.reason() + r.status() + r.isProvisional() + r.isSuccess());
        }
        headers(m.headers());
    }

    /** A response need not have it, or have it well-formed. */
    private void given(SipMessage m, IntSupplier accessor) {
        try {
            length += accessor.getAsInt();
        } catch (MalformedHeaderException e) {
            if (m instanceof SipRequest) {
                throw e;
            }
        }
    }

    private void headers(SipHeaders headers) {
        use(headers);
        for (int row = 0; row < headers.size(); row++) {
            String name = headers.name(row);
            String value = headers.value(row);
            use(headers.first(name).orElseThrow());
            use(headers.all(name));
            use(headers.list(name));
            use(headers.seconds(name));
            headers.addresses(name).forEach(this::address);
            headers.mediaTypes(name).forEach(this::mediaType);
            use(headers.unreadableAddresses(name));
            use(headers.contains(name));
            values(value);
        }
        headers.forEach((name, value) -> use(name + value));
    }

    /** Every row's value through every parser: refused or taken, and what is taken can be asked everything. */
    private void values(String value) {
        List<Faults.Parse> parsers = List.of(
                () -> auth(AuthHeader.parse(value)),
                () -> auth(AuthHeader.parseInfo(value)),
                () -> auth(AuthHeader.parseChallenge(value)),
                () -> mediaType(MediaType.parse(value)),
                () -> address(NameAddress.parse(value)),
                () -> via(Via.parse(value)),
                () -> uri(Uri.parse(value)),
                () -> uri(SipUri.parse(value)),
                () -> CSeq.parse(value));
        for (Faults.Parse parser : parsers) {
            length += Faults.isMalformed(parser) ? 1 : 2;
        }
    }

    private int auth(AuthHeader auth) {
        use(auth);
        use(auth.scheme());
        use(auth.isDigest());
        use(auth.get("realm"));
        use(auth.list("qop"));
        return length;
    }

    private int via(Via via) {
        use(via);
        use(via.host() + via.transport() + via.port() + via.sentBy());
        use(via.branch());
        use(via.hasTransactionBranch());
        use(via.hashCode());
        parameters(via.parameters());
        return length;
    }

    private int address(NameAddress a) {
        use(a);
        use(a.displayName());
        use(a.tag());
        use(a.expires());
        use(a.q());
        uri(a.uri());
        parameters(a.parameters());
        use(a.with("x", "y"));
        a.wellFormed().ifPresent(fit -> {
            try {
                use(NameAddress.of(null, fit.uri()));
            } catch (IllegalArgumentException e) {
                throw new AssertionError(fit + " is not fit to be sent", e);
            }
        });
        return length;
    }

    private int mediaType(MediaType type) {
        use(type);
        use(type.type() + type.subtype() + type.includes(type));
        use(type.charset());
        parameters(type.parameters());
        return length;
    }

    private int uri(Uri uri) {
        use(uri);
        use(uri.scheme());
        if (uri instanceof SipUri sip) {
            use(sip.user());
            use(sip.rawUser());
            use(sip.password());
            use(sip.host() + sip.port() + sip.secure());
            use(sip.headers());
            use(sip.isLooseRouter());
            use(sip.withoutHeaders());
            use(sip.toAor());
            use(sip.isWellFormed());
            use(sip.matchKey());
            if (!sip.matches(sip)) {
                throw new AssertionError(sip + " does not match itself");
            }
            parameters(sip.parameters());
        }
        return length;
    }

    private void parameters(Parameters parameters) {
        use(parameters);
        use(parameters.isEmpty());
        for (String name : parameters.names()) {
            use(parameters.get(name)); // none for a name that is not UTF-8
            use(parameters.contains(name));
        }
        parameters.forEach((name, value) -> use(name + value));
    }
}
