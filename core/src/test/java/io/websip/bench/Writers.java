package io.websip.bench;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import gov.nist.javax.sip.message.SIPRequest;
import io.pkts.buffer.Buffer;
import io.pkts.buffer.Buffers;
import io.pkts.packet.sip.header.CSeqHeader;
import io.pkts.packet.sip.header.CallIdHeader;
import io.pkts.packet.sip.header.FromHeader;
import io.pkts.packet.sip.header.MaxForwardsHeader;
import io.pkts.packet.sip.header.SipHeader;
import io.pkts.packet.sip.header.ToHeader;
import io.pkts.packet.sip.header.ViaHeader;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;

/**
 * How each of the three makes the octets of one MESSAGE from its parts. What stays the same from message to message, such as the
 * addresses, each of them has made before in its own types; branch, tag, Call-ID, CSeq and body are given anew.
 */
final class Writers {
    private static final String HOST = "k2v8fq0aay3m.invalid";
    private static final String AGENT = "bench/2.4";
    private static final byte[] BODY =
            "The ferry leaves at seven from the north pier; we wait until five past.".getBytes(StandardCharsets.UTF_8);

    private final SipUri websipTarget = SipUri.of("sip:dora@lab.example.org");
    private final String websipVia = "SIP/2.0/WSS " + HOST + ";branch=";
    private final String websipTo = "<sip:dora@lab.example.org>";
    private final String websipFrom = "\"Emil Stone\" <sip:emil@lab.example.org>;tag=";

    private final HeaderFactoryImpl jainHeaders = new HeaderFactoryImpl();
    private final MessageFactoryImpl jainMessages = new MessageFactoryImpl();
    private final javax.sip.address.URI jainTarget;
    private final Address jainTo;
    private final Address jainFrom;

    private final io.pkts.packet.sip.address.SipURI pktsTarget;
    private final Buffer pktsBody = Buffers.wrap(BODY);

    private long count;

    Writers() throws ParseException, IOException {
        AddressFactoryImpl addresses = new AddressFactoryImpl();
        jainTarget = addresses.createURI("sip:dora@lab.example.org");
        jainTo = addresses.createAddress(jainTarget);
        jainFrom = addresses.createAddress("Emil Stone", addresses.createURI("sip:emil@lab.example.org"));
        pktsTarget = io.pkts.packet.sip.address.SipURI.frame(Buffers.wrap("sip:dora@lab.example.org"));
        jainMessages.setDefaultContentEncodingCharset("UTF-8");
    }

    byte[] websip() {
        count++;
        return SipRequest.builder(SipMethod.MESSAGE, websipTarget)
                .add("Via", websipVia + branch())
                .add("Max-Forwards", "70")
                .add("To", websipTo)
                .add("From", websipFrom + tag())
                .add("Call-ID", callId())
                .add("CSeq", count + " MESSAGE")
                .add("User-Agent", AGENT)
                .add("Content-Type", "text/plain")
                .body(BODY)
                .build()
                .unsafeBytes();
    }

    byte[] jain() throws ParseException, InvalidArgumentException {
        count++;
        var vias = new ArrayList<javax.sip.header.ViaHeader>(1);
        vias.add(jainHeaders.createViaHeader(HOST, -1, "WSS", branch()));
        var request = (SIPRequest) jainMessages.createRequest(
                jainTarget,
                "MESSAGE",
                jainHeaders.createCallIdHeader(callId()),
                jainHeaders.createCSeqHeader(count, "MESSAGE"),
                jainHeaders.createFromHeader(jainFrom, tag()),
                jainHeaders.createToHeader(jainTo, null),
                vias,
                jainHeaders.createMaxForwardsHeader(70),
                jainHeaders.createContentTypeHeader("text", "plain"),
                BODY);
        request.addHeader(jainHeaders.createUserAgentHeader(List.of(AGENT)));
        return request.encodeAsBytes("WSS");
    }

    byte[] pkts() {
        count++;
        Buffer whole = io.pkts.packet.sip.SipRequest.message(pktsTarget)
                .withNoDefaults()
                .withTopMostViaHeader(ViaHeader.withHost(HOST)
                        .withTransportWSS()
                        .withBranch(branch())
                        .build())
                .withMaxForwardsHeader(MaxForwardsHeader.create(70))
                .withToHeader(
                        ToHeader.withHost("lab.example.org").withUser("dora").build())
                .withFromHeader(FromHeader.withHost("lab.example.org")
                        .withUser("emil")
                        .withDisplayName("Emil Stone")
                        .withTag(tag())
                        .build())
                .withCallIdHeader(CallIdHeader.frame(Buffers.wrap(callId())))
                .withCSeqHeader(
                        CSeqHeader.withMethod("MESSAGE").withCSeq((int) count).build())
                .withHeader(SipHeader.create("User-Agent", AGENT))
                .withHeader(SipHeader.create("Content-Type", "text/plain"))
                .withBody(pktsBody)
                .build()
                .toBuffer();
        return whole.getArray();
    }

    private String branch() {
        return "z9hG4bKw3jx9d0q2m1x" + (count & 7);
    }

    private String tag() {
        return "p4kq81mzx" + (count & 7);
    }

    private String callId() {
        return "7c1f60d293be4a55b2w8" + (count & 7);
    }
}
