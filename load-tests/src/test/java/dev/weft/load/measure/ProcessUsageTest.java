package dev.weft.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
    @Test
    void aNameWithSpacesAndBracketsDoesNotShiftTheFields() {
        String stat = "4242 (a) b (c) S 1 4242 4242 0 -1 4194560 100 0 0 0 1234 567 0 0 20 0 30 0 999 1 2 3";
        assertThat(ProcessUsage.ticks(stat)).isEqualTo(1234 + 567);
    }

    @Test
    void residentMemoryIsReadInBytes() {
        assertThat(ProcessUsage.residentBytes("Name:\tjava\nVmHWM:\t  300 kB\nVmRSS:\t  123 kB\n"))
                .isEqualTo(123 * 1024);
    }

    @Test
    void thisProcessUsesCpuTimeAndMemory() throws IOException {
        ProcessUsage usage = ProcessUsage.of(List.of(ProcessHandle.current().pid()));
        assertThat(usage.cpuMicros()).isPositive();
        assertThat(usage.residentBytes()).isGreaterThan(1 << 20);
    }

    @Test
    void aProcessThatIsGoneIsAnError() {
        assertThatThrownBy(() -> ProcessUsage.of(List.of(Long.MAX_VALUE))).isInstanceOf(IOException.class);
    }

    @Test
    void whoListensOnAPortIsFound() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ListeningProcess.on(socket.getLocalPort()))
                    .hasValue(ProcessHandle.current().pid());
        }
    }

    @Test
    void whoIsConnectedToAPortDoesNotListenOnIt() {
        Set<String> sockets = new TreeSet<>();
        String rest = " 00000000:0000 %s 00000000:00000000 00:00000000 00000000     0        0 %s 1";
        ListeningProcess.addIfListening("0: 0100007F:1F90" + rest.formatted("01", "77"), 8080, sockets);
        ListeningProcess.addIfListening("1: 0100007F:1F90" + rest.formatted("0A", "78"), 8080, sockets);
        ListeningProcess.addIfListening("2: 0100007F:1F91" + rest.formatted("0A", "79"), 8080, sockets);
        assertThat(sockets).containsExactly("socket:[78]");
    }

    @Test
    void theLimitOfOpenFilesIsTheSoftOne() {
        assertThat(FileLimit.parse(
                        "Max core file size        0   unlimited  bytes\nMax open files   20000   30000   files\n"))
                .isEqualTo(20_000);
        assertThat(FileLimit.parse("Max open files   unlimited   unlimited   files\n"))
                .isEqualTo(Integer.MAX_VALUE);
    }
}
