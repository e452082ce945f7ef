package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.SipParseException;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A URI that is taken is written and read again to an equal one; one that matches another has its key, whoever is asked; its
 * parts make it up again. Two of them stand on two lines.
 */
final class UriFuzz {
    private UriFuzz() {}

    static void run(byte[] input) throws SipParseException {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        Uri uri = Uri.parse(lines[0]);
        assertThat(uri.toString()).isEqualTo(lines[0]);
        assertThat(Uri.parse(uri.toString())).isEqualTo(uri).hasSameHashCodeAs(uri);
        Questions.ask(uri);
        if (uri instanceof SipUri sip) {
            parts(sip);
            if (lines.length > 1) {
                compare(sip, SipUri.parse(lines[1]));
            }
        }
    }

    private static void parts(SipUri uri) {
        SipUri aor = uri.toAor();
        assertThat(aor.toAor()).isEqualTo(aor);
        assertThat(aor.host()).isEqualTo(uri.host().toLowerCase(Locale.ROOT));
        assertThat(aor.rawUser()).isEqualTo(uri.rawUser());
        SipUri again = SipUri.of(uri.secure(), uri.user().orElse(null), uri.host(), uri.port());
        assertThat(again.user()).isEqualTo(uri.user());
        assertThat(again.host()).isEqualTo(uri.host());
        assertThat(again.port()).isEqualTo(uri.port());
    }

    private static void compare(SipUri a, SipUri b) {
        assertThat(a.matches(b)).isEqualTo(b.matches(a));
        if (a.matches(b)) {
            assertThat(a.matchKey()).isEqualTo(b.matchKey());
            assertThat(a.port()).isEqualTo(b.port());
        }
    }
}
