package dev.weft.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouterCpuTest {
    @Test
    void aNameWithSpacesAndBracketsDoesNotShiftTheFields() {
        String stat = "4242 (a) b (c) S 1 4242 4242 0 -1 4194560 100 0 0 0 1234 567 0 0 20 0 30 0 999 1 2 3";
        assertThat(RouterCpu.ticks(stat)).isEqualTo(1234 + 567);
    }

    @Test
    void thisProcessUsesCpuTime() {
        RouterCpu cpu = new RouterCpu(List.of(ProcessHandle.current().pid()));
        assertThat(cpu.microseconds()).isPositive();
    }
}
