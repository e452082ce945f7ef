package io.websip.bench;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.pkts.buffer.Buffers;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import java.io.IOException;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.address.SipURI;

/** How each of the three frames a message and reads the nine fields of one. Ours copies the octets first; the others need not. */
final class Parsers {
    private Parsers() {}

    static SipMessage websip(byte[] message) throws SipParseException {
        return SipMessage.parse(message);
    }

    static SIPMessage jain(byte[] message) throws ParseException {
        return new StringMsgParser().parseSIPMessage(message, true, true, null);
    }

    static io.pkts.packet.sip.SipMessage pkts(byte[] message) throws IOException {
        return io.pkts.packet.sip.SipMessage.frame(Buffers.wrap(message));
    }

    static void read(SipMessage message, NineFields out) {
        SipRequest request = (SipRequest) message;
        out.cseqNumber = request.cseq().number();
        out.cseqMethod = request.cseq().method();
        out.callId = request.callId();
        out.branch = request.topVia().branch().orElseThrow();
        out.fromTag = request.from().tag().orElseThrow();
        out.to = request.to().uri().toString();
        out.maxForwards = request.maxForwards().orElseThrow();
        out.requestHost = ((SipUri) request.requestUri()).host();
        out.subtype = request.contentType().orElseThrow().subtype();
        out.body = request.body();
    }

    static void read(SIPMessage message, NineFields out) {
        SIPRequest request = (SIPRequest) message;
        out.cseqNumber = request.getCSeq().getSeqNumber();
        out.cseqMethod = request.getCSeq().getMethod();
        out.callId = request.getCallId().getCallId();
        out.branch = request.getTopmostVia().getBranch();
        out.fromTag = request.getFromTag();
        out.to = request.getTo().getAddress().getURI();
        out.maxForwards = request.getMaxForwards().getMaxForwards();
        out.requestHost = ((SipURI) request.getRequestURI()).getHost();
        out.subtype = request.getContentTypeHeader().getMediaSubType();
        out.body = Objects.requireNonNull(request.getRawContent());
    }

    static void read(io.pkts.packet.sip.SipMessage message, NineFields out) {
        out.cseqNumber = message.getCSeqHeader().getSeqNumber();
        out.cseqMethod = message.getCSeqHeader().getMethod();
        out.callId = message.getCallIDHeader().getCallId();
        out.branch = message.getViaHeader().getBranch();
        out.fromTag = message.getFromHeader().getTag();
        out.to = message.getToHeader().getAddress().getURI();
        out.maxForwards = message.getMaxForwards().getMaxForwards();
        out.requestHost = ((io.pkts.packet.sip.address.SipURI)
                        ((io.pkts.packet.sip.SipRequest) message).getRequestUri())
                .getHost();
        out.subtype = message.getContentTypeHeader().getContentSubType();
        out.body = message.getContent();
    }
}
