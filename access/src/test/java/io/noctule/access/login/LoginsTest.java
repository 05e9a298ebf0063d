package io.noctule.access.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.access.file.FileFault;
import io.noctule.access.rule.Anonymous;
import io.noctule.access.user.PasswordHash;
import io.noctule.access.user.User;
import io.noctule.access.user.UserFile;
import io.noctule.access.user.Users;
import io.noctule.broker.access.Admission;
import io.noctule.broker.access.Credentials;
import io.noctule.broker.access.Identity;
import io.noctule.broker.access.Review;
import io.noctule.protocol.packet.ReasonCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {
  private static final String PASSWORD = "correct horse";
  private static final PasswordHash HASH = PasswordHash.of(bytes(PASSWORD));

  @TempDir private Path folder;

  private final Time time = new Time();
  private Users users = Users.NONE;
  private Anonymous anonymous = Anonymous.LOCAL;
  private final Logins logins = new Logins(() -> users, () -> anonymous, time);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @BeforeEach
  void anna() throws IOException, FileFault {
    change(User.of("anna", List.of("admin"), HASH));
  }

  @AfterEach
  void close() {
    logins.close();
  }

  private void change(User user) throws IOException, FileFault {
    UserFile file = new UserFile(folder);
    if (file.read().find(user.name()) == null) {
      file.add(user);
    } else {
      file.change(user.name(), _ -> user);
    }
    users = file.read();
    logins.usersChanged();
  }

  private CompletableFuture<Admission> ask(
      @Nullable String user,
      @Nullable String password,
      String address,
      @Nullable String certificate) {
    try {
      return logins
          .authenticate(
              new Credentials(
                  "client",
                  user,
                  password == null ? null : bytes(password),
                  new InetSocketAddress(InetAddress.getByName(address), 50_000),
                  certificate))
          .toCompletableFuture();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private Admission near(@Nullable String user, @Nullable String password) {
    return ask(user, password, "127.0.0.1", null).join();
  }

  private Admission far(@Nullable String user, @Nullable String password) {
    return ask(user, password, "192.0.2.1", null).join();
  }

  private static Identity granted(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Granted.class);
    return ((Admission.Granted) admission).identity();
  }

  private static void refused(Admission admission, ReasonCode code, String why) {
    assertThat(admission)
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> {
              assertThat(refused.reasonCode()).isEqualTo(code);
              assertThat(refused.why()).contains(why);
            });
  }

  @Test
  void aUserComesInByPasswordFromEverywhere() {
    Identity identity = granted(far("anna", PASSWORD));
    assertThat(identity.userName()).isEqualTo("anna");
    assertThat(identity.groups()).containsExactly("admin");
    assertThat(granted(near("anna", PASSWORD))).isEqualTo(identity);
  }

  @Test
  void aNameHasToBeProvenOnThisMachineToo() {
    refused(near("anna", "wrong"), ReasonCode.BAD_USER_NAME_OR_PASSWORD, "wrong password of");
    refused(near("anna", null), ReasonCode.BAD_USER_NAME_OR_PASSWORD, "without a password");
    refused(near("bert", "x"), ReasonCode.BAD_USER_NAME_OR_PASSWORD, "noctule user add");
  }

  @Test
  void theClientIsNotToldWhetherThereIsSuchAUser() {
    Admission.Refused wrong = (Admission.Refused) far("anna", "wrong");
    Admission.Refused unknown = (Admission.Refused) far("bert", "wrong");
    assertThat(wrong.told()).isEqualTo(unknown.told()).doesNotContain("anna");
    assertThat(wrong.reasonCode()).isEqualTo(unknown.reasonCode());
  }

  @Test
  void withoutANameTheRuleOnAnonymousDecides() {
    assertThat(granted(near(null, null)).groups()).containsExactly("local");
    refused(far(null, null), ReasonCode.NOT_AUTHORIZED, "noctule user add NAME");
    anonymous = Anonymous.NONE;
    refused(near(null, null), ReasonCode.NOT_AUTHORIZED, "anonymous: none");
    anonymous = Anonymous.ALL;
    assertThat(granted(near(null, null)).groups()).containsExactly("local");
    assertThat(granted(far(null, null)).groups()).containsExactly("anonymous");
  }

  @Test
  void withoutUsersANameIsLeftAside() {
    users = Users.NONE;
    assertThat(granted(near("anna", "x")).userName()).isNull();
    refused(far("anna", "x"), ReasonCode.NOT_AUTHORIZED, "noctule user add NAME");
  }

  @Test
  void aCertificateIsAProof() throws IOException, FileFault {
    Identity device = granted(ask(null, null, "192.0.2.1", "greenhouse-1").join());
    assertThat(device.userName()).isEqualTo("greenhouse-1");
    assertThat(device.groups()).containsExactly("device");
    Identity anna = granted(ask("anna", null, "192.0.2.1", "anna").join());
    assertThat(anna.groups()).containsExactly("admin");
    refused(
        ask("anna", null, "192.0.2.1", "greenhouse-1").join(),
        ReasonCode.BAD_USER_NAME_OR_PASSWORD,
        "without a password");
    refused(
        ask(null, null, "192.0.2.1", "$noctule").join(), ReasonCode.NOT_AUTHORIZED, "not let in");

    change(User.of("anna", List.of("readers"), null));
    assertThat(logins.review(anna))
        .isInstanceOfSatisfying(
            Review.Stays.class,
            stays -> assertThat(stays.identity().groups()).containsExactly("readers"));
    change(User.of("anna", List.of(), null).enabled(false));
    assertThat(logins.review(anna)).isInstanceOf(Review.Disconnected.class);
  }

  @Test
  void aTokenOrTheOwnLoginTakesThePlaceOfThePassword() {
    String token = logins.tokens().issue("anna");
    assertThat(granted(far("anna", token)).groups()).containsExactly("admin");
    refused(far("anna", token), ReasonCode.BAD_USER_NAME_OR_PASSWORD, "wrong password");

    anonymous = Anonymous.NONE;
    Identity own = granted(near(logins.own().userName(), logins.own().password()));
    assertThat(logins.isOwn(own)).isTrue();
    assertThat(logins.review(own)).isEqualTo(new Review.Stays(own));
    refused(near("$noctule", "guess"), ReasonCode.BAD_USER_NAME_OR_PASSWORD, "no user $noctule");
  }

  @Test
  void guessingComesToAnEndAndKnownPasswordsStayGood() {
    assertThat(granted(far("anna", PASSWORD)).userName()).isEqualTo("anna");
    for (int i = 0; i < GuessLimit.GUESSES; i++) {
      refused(far("anna", "guess" + i), ReasonCode.BAD_USER_NAME_OR_PASSWORD, "wrong");
    }
    refused(far("anna", "guess"), ReasonCode.CONNECTION_RATE_EXCEEDED, "too many wrong");
    assertThat(granted(far("anna", PASSWORD)).userName()).isEqualTo("anna");
    assertThat(granted(near("anna", PASSWORD)).userName()).isEqualTo("anna");
  }

  @Test
  void guessesAtOnceAreNoMoreThanGuessesOneByOne() {
    List<CompletableFuture<Admission>> all = new ArrayList<>();
    for (int i = 0; i < PasswordChecks.WAITING; i++) {
      all.add(ask("anna", "guess" + i, "192.0.2.1", null));
    }
    assertThat(all.stream().map(CompletableFuture::join))
        .filteredOn(
            answer ->
                answer instanceof Admission.Refused refused
                    && refused.reasonCode() == ReasonCode.BAD_USER_NAME_OR_PASSWORD)
        // Those whose turn comes while the last that counts is being checked may still be.
        .hasSizeBetween(GuessLimit.GUESSES, GuessLimit.GUESSES + PasswordChecks.THREADS);
  }

  @Test
  void moreThanCanBeCheckedIsRefusedAtOnce() {
    List<CompletableFuture<Admission>> all = new ArrayList<>();
    for (int i = 0; i < PasswordChecks.WAITING + 20; i++) {
      all.add(ask("nobody" + i, "password", "10.0.%d.1".formatted(i), null));
    }
    assertThat(all)
        .anySatisfy(
            answer -> {
              assertThat(answer).isDone();
              refused(answer.join(), ReasonCode.SERVER_BUSY, "wait to be checked");
            });
    // Whoever has waited for too long is not worth the work any more.
    time.advance(java.time.Duration.ofSeconds(PasswordChecks.LONGEST_WAIT_SECONDS + 1));
    assertThat(all.stream().map(CompletableFuture::join)).hasSize(all.size());
  }

  @Test
  void theSamePasswordFromManyIsCheckedOnce() {
    List<CompletableFuture<Admission>> all = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      all.add(ask("anna", PASSWORD, "192.0.2.1", null));
    }
    assertThat(all.stream().map(CompletableFuture::join))
        .allSatisfy(admission -> assertThat(admission).isInstanceOf(Admission.Granted.class));
  }

  @Test
  void aChangeOfUsersIsSeenByThoseWhoAreIn() throws IOException, FileFault {
    Identity anna = granted(far("anna", PASSWORD));
    assertThat(logins.review(anna)).isEqualTo(new Review.Stays(anna));

    change(User.of("anna", List.of("readers"), HASH));
    assertThat(logins.review(anna))
        .isInstanceOfSatisfying(
            Review.Stays.class,
            stays -> assertThat(stays.identity().groups()).isEqualTo(Set.of("readers")));

    change(User.of("anna", List.of("admin"), PasswordHash.of(bytes("another one"))));
    assertThat(logins.review(anna)).isInstanceOf(Review.Disconnected.class);
    refused(far("anna", PASSWORD), ReasonCode.BAD_USER_NAME_OR_PASSWORD, "wrong password");

    change(User.of("anna", List.of("admin"), HASH).enabled(false));
    assertThat(logins.review(anna)).isInstanceOf(Review.Disconnected.class);
    refused(far("anna", PASSWORD), ReasonCode.BAD_USER_NAME_OR_PASSWORD, "disabled");

    users = Users.NONE;
    assertThat(logins.review(anna)).isInstanceOf(Review.Forgotten.class);
  }

  @Test
  void thoseWithoutANameGoWhereNameAreAskedForNow() {
    Identity local = granted(near(null, null));
    anonymous = Anonymous.ALL;
    Identity stranger = granted(far(null, null));
    anonymous = Anonymous.LOCAL;
    assertThat(logins.review(stranger)).isInstanceOf(Review.Disconnected.class);
    assertThat(logins.review(local)).isInstanceOf(Review.Stays.class);
    anonymous = Anonymous.NONE;
    assertThat(logins.review(local)).isInstanceOf(Review.Disconnected.class);
  }
}
