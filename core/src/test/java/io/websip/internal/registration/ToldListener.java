package io.websip.internal.registration;

import io.websip.internal.transaction.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what it is told of a binding. */
abstract class ToldListener implements RegistrationListener {
    final List<String> told = new ArrayList<>();
    final List<@Nullable Outcome> reasons = new ArrayList<>(); // why bindings have ended

    @Override
    public void registered(Grant grant, boolean first) {
        told.add(first ? "registered" : "refreshed");
    }

    @Override
    public void expiring(Duration left) {
        told.add("expiring");
    }

    @Override
    public void unregistered(BindingEnd end, @Nullable Outcome why) {
        told.add("unregistered " + end);
        reasons.add(why);
    }
}
