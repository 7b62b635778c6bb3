package dev.weft.load.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CaseOptionsTest {
    @Command(name = "compare")
    private static final class Measuring implements Runnable {
        @Mixin
        private CaseOptions choice = new CaseOptions();

        @Override
        public void run() {}
    }

    private static CaseOptions parsed(String... arguments) {
        Measuring command = new Measuring();
        new CommandLine(command).parseArgs(arguments);
        return command.choice;
    }

    private static List<String> chosen(CaseOptions choice, String... patterns) {
        return choice.chosen(List.of(patterns)).stream().map(Case::id).toList();
    }

    @Test
    void aStarStandsForAnythingAndNothingElseIsSpecial() {
        CaseOptions choice = parsed("--fan-out=7");

        assertThat(chosen(choice, "rpc-4k*")).containsExactly("rpc-4k-one", "rpc-4k");
        assertThat(chosen(choice, "fan-out-7", "rpc-100")).containsExactly("rpc-100", "fan-out-7");
        assertThat(chosen(choice, "rpc.100", "fan-out-10")).isEmpty();
    }

    @Test
    void crowdsAreThereIfTheyAreAskedFor() {
        assertThat(chosen(parsed(), "*")).doesNotContain("idle", "reconnect");
        assertThat(chosen(parsed("--idle=3", "--reconnect=4"), "*")).contains("idle", "idle-websocket", "reconnect");
    }

    @Test
    void aPageSaysByWhichCommandItIsMadeAgain() {
        assertThat(parsed("--fan-out", "10,7", "--idle=3").given())
                .isEqualTo("with `./weft load compare --fan-out 10,7 --idle=3`");
    }

    @Test
    void whatHasNoProfileIsRefused() {
        assertThat(profile("--cases=rpc-128,rpc-129")).contains("there is no case rpc-129");
        assertThat(profile("--cases=idle*", "--idle=5")).contains("idle is about memory, not CPU time");
    }

    private static String profile(String... arguments) {
        StringWriter err = new StringWriter();
        assertThat(new CommandLine(new ProfileCommand())
                        .setErr(new PrintWriter(err))
                        .execute(arguments))
                .isEqualTo(2);
        return err.toString();
    }
}
