package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That a transport has a test for each suite of the kit, or says in writing why it cannot. */
public abstract class CompletenessContract {
    /** Every suite there is. */
    public static final List<Class<? extends TransportContract>> SUITES = List.of(
            OpeningContract.class,
            MessagesContract.class,
            ClosingContract.class,
            ConcurrencyContract.class,
            LimitsContract.class,
            KeepAliveContract.class,
            EventLoopContract.class,
            HandshakeContract.class,
            FramingContract.class,
            AnsweringContract.class,
            MessageCapContract.class,
            TlsContract.class,
            AutobahnContract.class,
            UpgradeContract.class,
            ProxyContract.class,
            CompressionContract.class,
            TlsOptionsContract.class,
            AddressesContract.class,
            TortureContract.class,
            BoundsContract.class,
            LeftoversContract.class,
            GuestContract.class);

    /** The transport's tests, each a class that extends a suite. */
    protected abstract Set<Class<? extends TransportContract>> tests();

    /** The suites that do not apply, each with the reason. */
    protected Map<Class<? extends TransportContract>, String> optOuts() {
        return Map.of();
    }

    @Test
    void eachSuiteHasATestOrAReason() {
        Set<Class<? extends TransportContract>> tests = tests();
        Map<Class<? extends TransportContract>, String> optOuts = optOuts();
        assertThat(SUITES)
                .as("suites with neither a test nor a written reason")
                .allMatch(suite -> tests.stream().anyMatch(suite::isAssignableFrom)
                        || !optOuts.getOrDefault(suite, "").isBlank());
        assertThat(optOuts.keySet())
                .as("suites that have both")
                .noneMatch(suite -> tests.stream().anyMatch(suite::isAssignableFrom));
    }

    @Test
    void eachTestHasANameByWhichItIsFound() {
        assertThat(tests()).extracting(Class::getSimpleName).allMatch(name -> name.endsWith("Test"));
    }
}
