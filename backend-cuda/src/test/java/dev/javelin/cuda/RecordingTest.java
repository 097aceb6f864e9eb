package dev.javelin.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Device;
import dev.javelin.api.Want;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is launched, what is recorded and replayed, and what comes back. */
class RecordingTest {
    private final FakeCuda cuda = new FakeCuda(1);
    private final Device device = Fakes.open(cuda, 0);
    private final SmallProgram program = new SmallProgram(device);

    @AfterEach
    void close() {
        program.close();
        device.close();
        assertThat(cuda.leaked).isZero();
    }

    private void expect(int launches, int captured, int replays) {
        assertThat(cuda.launches).as("launches").isEqualTo(launches);
        assertThat(cuda.captured).as("captured").isEqualTo(captured);
        assertThat(cuda.replays).as("replays").isEqualTo(replays);
    }

    @Test
    void theSecondStepOfItsKindIsRecordedAndTheNextAreReplayed() {
        program.run(1, Want.ID);
        int launches = cuda.launches;
        assertThat(launches).isPositive();
        expect(launches, 0, 0);
        program.run(1, Want.ID);
        expect(launches, launches, 1);
        program.run(1, Want.ID);
        program.run(1, Want.ID);
        expect(launches, launches, 3);
    }

    @Test
    void stepsUpToAPowerOfTwoShareARecording() {
        program.run(5, Want.ID);
        int launches = cuda.launches;
        program.run(6, Want.ID);
        int captured = cuda.captured;
        assertThat(captured).isPositive();
        program.run(7, Want.ID);
        program.run(8, Want.ID);
        expect(launches, captured, 3);
        program.run(9, Want.ID);
        assertThat(cuda.launches).isGreaterThan(launches);
        assertThat(cuda.replays).isEqualTo(3);
    }

    @Test
    void largeStepsAreNotRecorded() {
        for (int i = 0; i < 3; i++) {
            program.run(SmallProgram.MOST_TOKENS, Want.ID);
        }
        assertThat(cuda.launches).isPositive();
        assertThat(cuda.captured).isZero();
    }

    @Test
    void whatIsNotWantedDoesNotComeBack() {
        program.run(1, Want.ID);
        int before = cuda.hostCopies;
        program.run(1, Want.ID);
        int ids = cuda.hostCopies - before;
        program.run(1, Want.LOGITS);
        assertThat(cuda.hostCopies - before).isEqualTo(2 * ids);
        program.run(1, Want.LOGITS, Want.ID);
        assertThat(cuda.hostCopies - before).isEqualTo(3 * ids + 1);
    }

    @Test
    void withoutMemoryForARecordingTheLaunchesAreEnqueuedOneByOne() {
        program.run(1, Want.ID);
        int launches = cuda.launches;
        cuda.fail("graphInstantiate", 1, 2);
        program.run(1, Want.ID);
        program.run(1, Want.ID);
        assertThat(cuda.hasFailed()).isTrue();
        expect(3 * launches, launches, 0);
    }
}
