package dev.weft.load.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ProfileTest {
    @TempDir
    private Path directory;

    private Stacks stacks(String... lines) throws Exception {
        Stacks stacks = new Stacks();
        stacks.addCollapsed(Files.writeString(directory.resolve("x.collapsed"), String.join("\n", lines)));
        return stacks;
    }

    @Test
    void eachSampleIsCountedToWhoUsedTheProcessor() throws Exception {
        Map<Share, Double> shares = Share.of(stacks(
                "java/lang/Thread.run;io/netty/A.flush;dev/weft/B.flush;io/netty/C.write;send;__x64_sys_sendto_[k];tcp_[k] 10",
                "io/netty/A.run;dev/weft/B.flush;writev;do_syscall_64_[k];do_writev_[k];tcp_[k] 10",
                "io/netty/A.run;recv;__x64_sys_recvfrom_[k];tcp_[k] 8",
                "io/netty/A.run;epoll_pwait2;__x64_sys_epoll_pwait2_[k] 7",
                "io/netty/A.run;write;ksys_write_[k];eventfd_write_[k] 5",
                "io/netty/A.run;dev/weft/B.read;asm_sysvec_apic_[k] 3",
                "io/netty/A.run;dev/weft/B.read;java/util/HashMap.get 30",
                "io/netty/A.run;dev/weft/B.flush;io/netty/C.write;java/lang/System.nanoTime;clock_gettime 20",
                "start_thread;GCTaskThread::run 7"));

        assertThat(shares.values().stream().mapToDouble(part -> part).sum()).isCloseTo(1, within(1e-9));
        assertThat(shares.get(Share.SENDING)).isCloseTo(0.20, within(1e-9));
        assertThat(shares.get(Share.RECEIVING)).isCloseTo(0.08, within(1e-9));
        assertThat(shares.get(Share.WAITING)).isCloseTo(0.07, within(1e-9));
        assertThat(shares.get(Share.WAKING)).isCloseTo(0.05, within(1e-9));
        assertThat(shares.get(Share.KERNEL)).isCloseTo(0.03, within(1e-9));
        assertThat(shares.get(Share.WEFT)).isCloseTo(0.30, within(1e-9));
        assertThat(shares.get(Share.NETTY)).isCloseTo(0.20, within(1e-9));
        assertThat(shares.get(Share.JVM)).isCloseTo(0.07, within(1e-9));
    }

    @Test
    void aProfileWithoutTheKernelIsToldFromOneWithIt() throws Exception {
        assertThat(stacks("a;b 1", "a;tcp_[k] 1").reachIntoKernel()).isTrue();
        assertThat(stacks("a;b 1").reachIntoKernel()).isFalse();
    }

    @Test
    void framesAreAsWideAsTheirShareAndStandOnTheirCaller() throws Exception {
        String svg = FlameGraph.of(stacks("a/Run.run;b/Big.big 3", "a/Run.run;b/Small.<init> 1"), "A & B");

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(svg)
                .contains(">A &amp; B</text>")
                .contains("<title>a/Run.run, 100.0 %</title><rect x=\"0.0\" y=\"55\" width=\"1199.7\"")
                .contains("<title>b/Big.big, 75.0 %</title><rect x=\"0.0\" y=\"40\" width=\"899.7\"")
                .contains("<title>b/Small.&lt;init&gt;, 25.0 %</title><rect x=\"900.0\" y=\"40\" width=\"299.7\"")
                .contains(">Big.big</text>");
    }

    @Test
    void whatIsTooNarrowToBeSeenIsLeftOut() throws Exception {
        assertThat(FlameGraph.of(stacks("a;wide 999", "a;narrow 1"), "x"))
                .contains("wide")
                .doesNotContain("narrow");
    }
}
