package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.NameAddress;
import io.websip.sip.SipParseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A name address is written and read again to an equal one, and a parameter put on it is there and changes no other. */
final class AddressFuzz {
    private AddressFuzz() {}

    static void run(byte[] input) throws SipParseException {
        NameAddress address = NameAddress.parse(new String(input, StandardCharsets.UTF_8));
        Questions.ask(address);
        same(NameAddress.parse(address.toString()), address);

        NameAddress tagged = address.with("fuzz", "1");
        assertThat(tagged.parameters().get("FUZZ")).contains("1");
        assertThat(tagged.uri()).isEqualTo(address.uri());
        assertThat(tagged.displayName()).isEqualTo(address.displayName());
        if (!address.parameters().contains("fuzz")) {
            List<String> names = new ArrayList<>(address.parameters().names());
            names.add("fuzz");
            assertThat(tagged.parameters().names()).isEqualTo(names);
            for (String name : address.parameters().names()) {
                assertThat(tagged.parameters().get(name))
                        .isEqualTo(address.parameters().get(name));
            }
        }
        same(NameAddress.parse(tagged.toString()), tagged);

        address.displayName()
                .filter(name -> name.chars().noneMatch(c -> c < ' '))
                .ifPresent(
                        name -> assertThat(NameAddress.of(name, address.uri()).displayName())
                                .contains(name));
    }

    private static void same(NameAddress again, NameAddress before) {
        assertThat(again).isEqualTo(before);
        assertThat(again.uri()).isEqualTo(before.uri());
        assertThat(again.displayName()).isEqualTo(before.displayName());
        assertThat(again.tag()).isEqualTo(before.tag());
        assertThat(again.parameters().names()).isEqualTo(before.parameters().names());
    }
}
