package io.websip;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.websip.kit.CompletenessContract;
import io.websip.kit.OctetContract;
import io.websip.kit.SettingsContract;
import io.websip.kit.TransportContract;
import org.junit.jupiter.api.Test;

/** The contract kit's list of its suites, against the classes that there are. */
class KitSuitesTest {
    @Test
    void noSuiteIsMissingFromTheList() {
        assertThat(new ClassFileImporter()
                        .importPackages("io.websip.kit").stream()
                                .filter(type -> type.isAssignableTo(TransportContract.class))
                                .filter(type -> type.getModifiers().contains(JavaModifier.ABSTRACT))
                                .map(JavaClass::getName)
                                .filter(name -> !name.equals(TransportContract.class.getName()))
                                .filter(name -> !name.equals(OctetContract.class.getName()))
                                .filter(name -> !name.equals(SettingsContract.class.getName())))
                .containsExactlyInAnyOrderElementsOf(
                        CompletenessContract.SUITES.stream().map(Class::getName).toList());
    }
}
