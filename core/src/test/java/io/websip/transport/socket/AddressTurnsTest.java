package io.websip.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressTurnsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void eachAddressHasItsTurnAndAnEqualShareOfWhatIsLeft() throws UnknownHostException {
        List<InetAddress> three = List.of(address(1), address(2), address(3));
        AddressTurns turns = new AddressTurns(three, 100 * SECOND, Duration.ofSeconds(9));
        assertThat(turns.next()).isEqualTo(address(1));
        assertThat(turns.share(100 * SECOND)).isEqualTo(3 * SECOND);
        assertThat(turns.next()).isEqualTo(address(2));
        assertThat(turns.share(101 * SECOND)).as("it failed early").isEqualTo(4 * SECOND);
        assertThat(turns.hasNext()).isTrue();
        assertThat(turns.next()).isEqualTo(address(3));
        assertThat(turns.share(105 * SECOND)).isEqualTo(4 * SECOND);
        assertThat(turns.share(110 * SECOND)).as("the time is over").isZero();
        assertThat(turns.hasNext()).isFalse();
    }

    @Test
    void aHostWithoutAddressesIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AddressTurns(List.of(), 0, Duration.ofSeconds(1)));
    }

    @Test
    void addressesStandForThemselvesAndNamesAreLookedUp() throws UnknownHostException {
        HostLookup lookup = host -> List.of(address(7));
        assertThat(lookup.resolve("10.0.0.1")).containsExactly(address(1));
        assertThat(lookup.resolve("[::1]")).isEqualTo(lookup.resolve("::1"));
        assertThat(lookup.resolve("sip.example.com")).containsExactly(address(7));
        assertThat(HostLookup.isAddress("cafe.example")).isFalse();
    }

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }
}
