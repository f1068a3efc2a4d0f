package dev.whydunit.runbook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Expressions;
import dev.whydunit.expression.Template;
import dev.whydunit.yaml.YamlNode;
import org.junit.jupiter.api.Test;

/** Text from outside is a value and nothing else: there is one door to the compiler, and it takes what the YAML reader read. */
class OnlySourceTextIsCompiledTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.whydunit");

    @Test
    void onlyOneClassOutsideCallsTheCompiler() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.whydunit.expression")
                .and()
                .doNotHaveFullyQualifiedName(Sources.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(RunbookReader.class.getName())
                .and()
                // The mapping of a receiver: text of the configuration.
                .doNotHaveFullyQualifiedName("dev.whydunit.webhook.MappingReader")
                .and()
                // The template of a channel: text of the configuration.
                .doNotHaveFullyQualifiedName("dev.whydunit.notification.MessageTemplate")
                .and()
                // The type of what an author points at, in the runbook that the editor shows.
                .doNotHaveFullyQualifiedName("dev.whydunit.lsp.Hovers")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Expressions.class)
                .check(MAIN);
        noClasses()
                .that()
                .areAssignableTo(RunbookReader.class)
                .should()
                .callMethod(Expressions.class, "template", String.class, dev.whydunit.expression.Scope.class)
                .orShould()
                .callMethod(Expressions.class, "compile", String.class, dev.whydunit.expression.Scope.class)
                .check(MAIN);
    }

    @Test
    void whatIsCompiledCannotBeMadeElsewhere() {
        for (Class<?> type : new Class<?>[] {Expression.class, Template.class, YamlNode.Scalar.class}) {
            constructors().that().areDeclaredIn(type).should().notBePublic().check(MAIN);
        }
    }
}
