package io.websip;

import io.websip.internal.registration.Grant;
import io.websip.sip.NameAddress;
import io.websip.sip.SipUri;
import io.websip.text.TimeText;
import io.websip.text.Visible;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Our binding at the registrar, as its last answer states it (RFC 3261 section 10.2.4). Immutable.
 *
 * @param contact our contact as the registrar lists it, with its parameters; as we have sent it where the registrar lists
 *     none, or none that can be read
 * @param expires how long the registrar keeps the binding from that answer on, if it is not refreshed; at least 1 s
 * @param outbound whether the registrar has put RFC 5626 in force for it
 * @param serviceRoute the proxies that every MESSAGE visits first, in order (RFC 3608); empty for none
 * @param path the proxies by which requests come to us, as the registrar knows them (RFC 3327); empty for none
 * @param publicGruu the address of this very device, which others may keep (RFC 5627); empty if the registrar gives none
 * @param temporaryGruu another one that does not tell whose it is, good while we stay registered; the newest
 * @param flowTimer after how long without keep-alive the server gives the connection up (RFC 5626 section 4.4)
 */
public record Binding(
        NameAddress contact,
        Duration expires,
        boolean outbound,
        List<NameAddress> serviceRoute,
        List<NameAddress> path,
        Optional<SipUri> publicGruu,
        Optional<SipUri> temporaryGruu,
        Optional<Duration> flowTimer) {
    static Binding of(Grant grant) {
        return new Binding(
                grant.contact(),
                grant.expires(),
                grant.outbound(),
                grant.serviceRoute(),
                grant.path(),
                grant.publicGruu(),
                grant.temporaryGruu(),
                grant.flowTimer());
    }

    /** What the registrar says, in visible text. */
    @Override
    public String toString() {
        return Visible.line("Binding[" + contact + " for " + TimeText.of(expires) + ", outbound=" + outbound
                + ", serviceRoute=" + serviceRoute + ", path=" + path
                + publicGruu.map(gruu -> ", publicGruu=" + gruu).orElse("")
                + temporaryGruu.map(gruu -> ", temporaryGruu=" + gruu).orElse("")
                + flowTimer.map(time -> ", flowTimer=" + TimeText.of(time)).orElse("") + "]");
    }
}
