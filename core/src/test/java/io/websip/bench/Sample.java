package io.websip.bench;

import java.nio.charset.StandardCharsets;

/** The messages that are parsed. */
public enum Sample {
    /** 600 bytes, 11 header rows, a body of 132 bytes: what an agent in a browser sends. */
    MESSAGE_600("""
            MESSAGE sip:dora@lab.example.org SIP/2.0
            Via: SIP/2.0/WSS k2v8fq0aay3m.invalid;branch=z9hG4bKw3jx9d0q2m1;rport
            Max-Forwards: 70
            To: "Dora Wilde" <sip:dora@lab.example.org>
            From: "Emil Stone" <sip:emil@lab.example.org>;tag=p4kq81mzx
            Call-ID: 7c1f60d2-93be-4a55-b@k2v8fq0aay3m.invalid
            CSeq: 7 MESSAGE
            Allow: MESSAGE, OPTIONS, INVITE, ACK, BYE
            Supported: path, gruu, outbound
            User-Agent: bench/2.4
            Content-Type: text/plain;charset=UTF-8
            Content-Length: 132

            """
            + "The ferry leaves at seven from the north pier; we wait until five past. "
            + "Bring the long cable and the two charts. Do not be late, ok!"),

    /** What comes back through a proxy. */
    OK_TWO_VIAS("""
            SIP/2.0 200 OK
            Via: SIP/2.0/UDP 192.0.2.17;branch=z9hG4bK8f31.2c9aa1;received=192.0.2.18
            Via: SIP/2.0/WSS k2v8fq0aay3m.invalid;branch=z9hG4bKw3jx9d0q2m1;rport=50122;received=198.51.100.7
            From: "Emil Stone" <sip:emil@lab.example.org>;tag=p4kq81mzx
            To: <sip:dora@lab.example.org>;tag=e81ac02f
            Call-ID: 7c1f60d2-93be-4a55-b2@k2v8fq0aay3m.invalid
            CSeq: 7 MESSAGE
            Content-Length: 0

            """),

    /** An answer to a REGISTER that asks for a digest by either of two algorithms. */
    CHALLENGED_TWICE("""
            SIP/2.0 401 Unauthorized
            Via: SIP/2.0/WSS k2v8fq0aay3m.invalid;branch=z9hG4bKc0s82jd7q;rport=50122;received=198.51.100.7
            From: <sip:emil@lab.example.org>;tag=0rq8vb2
            To: <sip:emil@lab.example.org>;tag=77aa01
            Call-ID: 5b0e99@k2v8fq0aay3m.invalid
            CSeq: 1 REGISTER
            WWW-Authenticate: Digest realm="lab.example.org", nonce="dGhpcyBpcyBub3QgYSByZWFsIG9uZQ==", qop="auth", algorithm=SHA-256
            WWW-Authenticate: Digest realm="lab.example.org", nonce="dGhpcyBpcyBub3QgYSByZWFsIG9uZQ==", qop="auth", algorithm=MD5
            Server: registrar/5.6
            Content-Length: 0

            """),

    /** An answer to a REGISTER that lists ten bindings. */
    TEN_CONTACTS(
            """
            SIP/2.0 200 OK
            Via: SIP/2.0/WSS k2v8fq0aay3m.invalid;branch=z9hG4bKc0s82jd7q;rport=50122;received=198.51.100.7
            From: <sip:emil@lab.example.org>;tag=0rq8vb2
            To: <sip:emil@lab.example.org>;tag=77aa02
            Call-ID: 5b0e99@k2v8fq0aay3m.invalid
            CSeq: 2 REGISTER
            """ + "Contact: <sip:w7c2m1p9@k2v8fq0aay3m.invalid;transport=ws>;expires=600;q=0.5\n".repeat(10) + """
            Server: registrar/5.6
            Content-Length: 0

            """),

    /** 4 KB in all: the same header with a long body. */
    MESSAGE_4096(longMessage());

    private final String text;

    Sample(String lines) {
        int body = lines.indexOf("\n\n") + 2;
        this.text = lines.substring(0, body).replace("\n", "\r\n") + lines.substring(body);
    }

    private static String longMessage() {
        String head = """
                MESSAGE sip:dora@lab.example.org SIP/2.0
                Via: SIP/2.0/WSS k2v8fq0aay3m.invalid;branch=z9hG4bKw3jx9d0q2m1;rport
                Max-Forwards: 70
                To: "Dora Wilde" <sip:dora@lab.example.org>
                From: "Emil Stone" <sip:emil@lab.example.org>;tag=p4kq81mzx
                Call-ID: 7c1f60d2-93be-4a55-b2@k2v8fq0aay3m.invalid
                CSeq: 8 MESSAGE
                Allow: MESSAGE, OPTIONS, INVITE, ACK, BYE
                Supported: path, gruu, outbound
                User-Agent: bench/2.4
                Content-Type: text/plain;charset=UTF-8
                Content-Length: 3626

                """;
        return head + "x".repeat(3_626);
    }

    /** Its octets; an array of the caller's own. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
