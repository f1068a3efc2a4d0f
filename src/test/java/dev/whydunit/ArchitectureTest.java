package dev.whydunit;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "dev.whydunit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] EDGES = {"..cli..", "..shell..", "..server..", "..app..", "..demo.."};
    private static final String[] JDK_ALONE = {
        "java..", "javax..", "org.jspecify..", "com.google.errorprone.annotations.."
    };

    @ArchTest
    static final ArchRule noCyclesBetweenPackages =
            slices().matching("dev.whydunit.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreKnowsNoFrameworkAndNoTerminal = noClasses()
            .that()
            .resideOutsideOfPackages(EDGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "picocli..", "org.jline..");

    @ArchTest
    static final ArchRule theCoreDoesNotKnowWhatStandsAroundIt = noClasses()
            .that()
            .resideOutsideOfPackages(EDGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EDGES);

    @ArchTest
    static final ArchRule beliefDependsOnTheJdkAlone = classes()
            .that()
            .resideInAPackage("..belief..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with("dev.whydunit.belief.."));

    @ArchTest
    static final ArchRule packetDependsOnTheJdkAlone = classes()
            .that()
            .resideInAPackage("dev.whydunit.packet..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with("dev.whydunit.packet.."));

    @ArchTest
    static final ArchRule expressionsKnowNothingOfOursButAnnotations = noClasses()
            .that()
            .resideInAPackage("dev.whydunit.expression..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..yaml..",
                    "..runbook..",
                    "..belief..",
                    "..engine..",
                    "..step..",
                    "..source..",
                    "..packet..",
                    "..journal..",
                    "..alert..",
                    "..report..",
                    "..authoring..",
                    "..config..");

    @ArchTest
    static final ArchRule theEngineKnowsOnlyRunbookBeliefAndExpression = noClasses()
            .that()
            .resideInAPackage("dev.whydunit.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..step..",
                    "..source..",
                    "..packet..",
                    "..journal..",
                    "..alert..",
                    "..report..",
                    "..authoring..",
                    "..config..");

    @ArchTest
    static final ArchRule sourcesKnowNothingOfStepsAndTheEngine = noClasses()
            .that()
            .resideInAPackage("dev.whydunit.source..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.whydunit.step..",
                    "dev.whydunit.engine..",
                    "dev.whydunit.journal..",
                    "dev.whydunit.report..",
                    "dev.whydunit.config..");

    @ArchTest
    static final ArchRule stepKindsDoNotKnowEachOther = slices().matching("dev.whydunit.step.(*)..")
            .should()
            .notDependOnEachOther()
            // A remedy is a host command that waits for leave.
            .ignoreDependency(
                    resideInAPackage("dev.whydunit.step.remedy"), resideInAPackage("dev.whydunit.step.hostcommand"));

    @ArchTest
    static final ArchRule celIsTheOnlyEvaluatorAndStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.whydunit.expression..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.cel..", "javax.script..", "org.springframework.expression..", "groovy..", "org.mvel2..");

    @ArchTest
    static final ArchRule processesStartOnlyWhereTheyMust = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.whydunit.step.hostcommand..", "dev.whydunit.step.packetcapture..", "dev.whydunit.demo..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class)
            .orShould()
            .callMethodWhere(target(owner(type(Runtime.class))).and(target(name("exec"))));

    /** Patterns of ours are constants; whatever a runbook or an alert supplies is compiled by RE2/J. */
    @ArchTest
    static final ArchRule patternsOfUsersRunInLinearTime = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.whydunit.expression..",
                    "dev.whydunit.alert..",
                    "dev.whydunit.promql..",
                    "dev.whydunit.source.metric..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.regex.Pattern");

    @ArchTest
    static final ArchRule roomsAreNamedForWhatIsInThem = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..manager..")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager");

    private static String[] with(String own) {
        String[] all = java.util.Arrays.copyOf(JDK_ALONE, JDK_ALONE.length + 1);
        all[JDK_ALONE.length] = own;
        return all;
    }
}
