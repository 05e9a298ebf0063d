package io.noctule.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules that the code is built by. Modules and their edges stand in {@link #MODULES}: a new
 * module, a new edge or a new library of the core is a line there, and a decision record.
 */
@AnalyzeClasses(
    packages = ArchitectureTest.ROOT,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  static final String ROOT = "io.noctule";

  /** The modules that each module may use. An edge that is not here does not exist. */
  private static final Map<String, List<String>> MODULES =
      new TreeMap<>(
          Map.of(
              "protocol", List.of(),
              "tls", List.of(),
              "broker", List.of("protocol"),
              "access", List.of("protocol", "broker"),
              "device", List.of("tls"),
              "history", List.of("tls"),
              "console", List.of("protocol", "tls", "history"),
              "app",
                  List.of("protocol", "tls", "broker", "access", "device", "history", "console")));

  /**
   * What the core may use beside the JDK's java packages, JSpecify and our own. The modules at the
   * edge are free.
   */
  private static final Map<String, List<String>> CORE_LIBRARIES =
      new TreeMap<>(
          Map.of(
              // io.netty.util alone, without its subpackages: where the supertypes of ByteBuf live.
              "protocol", List.of("io.netty.buffer..", "io.netty.util"),
              "broker",
                  List.of(
                      "io.netty..",
                      "org.slf4j..",
                      "javax.net.ssl..",
                      // The subject of a client's certificate, and its common name.
                      "javax.security.auth.x500..",
                      "javax.naming..")));

  private static final String[] CORE = {packagesOf("protocol"), packagesOf("broker")};

  // --- Modules and packages

  @ArchTest
  static void everyModuleDeclaresItsEdges(JavaClasses classes) {
    assertThat(classes.stream().map(ArchitectureTest::moduleOf).distinct())
        .isSubsetOf(MODULES.keySet());
  }

  @ArchTest
  static void modulesUseOnlyWhatTheyDeclare(JavaClasses classes) {
    MODULES.forEach(
        (module, allowed) -> {
          String[] others =
              MODULES.keySet().stream()
                  .filter(other -> !other.equals(module) && !allowed.contains(other))
                  .map(ArchitectureTest::packagesOf)
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(packagesOf(module))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .check(classes);
        });
  }

  @ArchTest
  static void coreModulesUseOnlyTheLibrariesTheyDeclare(JavaClasses classes) {
    CORE_LIBRARIES.forEach(
        (module, libraries) -> {
          String[] usable =
              Stream.concat(Stream.of(ROOT + "..", "java..", "org.jspecify.."), libraries.stream())
                  .toArray(String[]::new);
          classes()
              .that()
              .resideInAPackage(packagesOf(module))
              .should()
              .onlyDependOnClassesThat()
              .resideInAnyPackage(usable)
              .check(classes);
        });
  }

  @ArchTest
  static void packagesHaveNoCycles(JavaClasses classes) {
    MODULES
        .keySet()
        .forEach(
            module ->
                slices().assignedFrom(packagesIn(module)).should().beFreeOfCycles().check(classes));
  }

  @ArchTest
  static void everyPackageIsDescribedAndNullMarked(JavaClasses classes) {
    assertThat(
            classes.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName))
        .as("packages without a package-info that says @NullMarked")
        .isEmpty();
  }

  // --- Names and state

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_THING_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
          .because("such a name fits anything; a helper lives beside its one user or gets a name");

  @ArchTest
  static final ArchRule PUBLIC_FIELDS_ARE_FINAL =
      fields().that().arePublic().should().beFinal().allowEmptyShould(true);

  @ArchTest
  static final ArchRule STATICS_ARE_FINAL =
      fields()
          .that()
          .areStatic()
          .should()
          .beFinal()
          .because("state belongs to an object with an owner");

  // --- Time and threads

  @ArchTest
  static final ArchRule NOTHING_SLEEPS =
      noClasses()
          .should()
          .callMethodWhere(calls(Thread.class, "sleep").or(calls(TimeUnit.class, "sleep")))
          .because("what waits is woken by a timer or a latch");

  @ArchTest
  static final ArchRule TIME_IS_INJECTED_IN_THE_CORE =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .callMethodWhere(calls(System.class, "currentTimeMillis"))
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Date.class, Calendar.class)
          .because("the core runs on a virtual clock in simulation");

  @ArchTest
  static final ArchRule THE_CORE_HAS_NO_LOCKED_METHODS =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(CORE)
          .should()
          .notHaveModifier(JavaModifier.SYNCHRONIZED)
          .because("sessions have one owner, an event loop; others send it a command");

  private static String packagesOf(String module) {
    return ROOT + "." + module + "..";
  }

  /** The second part of the package name: io.noctule.<em>module</em>.feature. */
  private static String moduleOf(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.", -1);
    return parts.length > 2 ? parts[2] : "";
  }

  /** Each package of the module is a slice, the module's root package too. */
  private static SliceAssignment packagesIn(String module) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return moduleOf(type).equals(module)
            ? SliceIdentifier.of(type.getPackageName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + module;
      }
    };
  }

  private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String method) {
    return describe(
        owner.getSimpleName() + "." + method,
        access -> access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(method));
  }
}
