import type { Requirement } from './requirement.ts'

export const streams: Requirement[] = [
  {
    id: 'STREAMS-LOG-01',
    source: 'primitives/streams/README.md#a-log',
    behaviour:
      'Events are read in the order of their append, byte for byte; concurrent callers each keep their order.',
  },
  {
    id: 'STREAMS-LOG-02',
    source: 'primitives/streams/README.md#a-log',
    behaviour:
      'An id within the window of duplicates is stored once, also over reopening; its append answers with the first offset.',
  },
  {
    id: 'STREAMS-LOG-03',
    source: 'primitives/streams/README.md#a-log',
    behaviour:
      'A reader that follows gets new events as they are appended, and ends quietly when it is aborted.',
  },
  {
    id: 'STREAMS-LOG-04',
    source: 'primitives/streams/README.md#a-log',
    behaviour: 'A topic is read from any offset in batches of the size asked for; its range is known.',
  },
  {
    id: 'STREAMS-LOG-05',
    source: 'primitives/streams/README.md#a-log',
    behaviour:
      'A reader that stands still is not read ahead for: its backend hands over no more than was pulled.',
  },
  {
    id: 'STREAMS-GROUP-01',
    source: 'primitives/streams/README.md#a-log',
    behaviour: 'Members of a group share a topic: every event to one of them, none left out.',
  },
  {
    id: 'STREAMS-GROUP-02',
    source: 'primitives/streams/README.md#a-log',
    behaviour:
      'An event comes again after its ackWait or a retry, never after its ack, and no more are out than maxInFlight.',
  },
  {
    id: 'STREAMS-GROUP-03',
    source: 'primitives/streams/README.md#a-log',
    behaviour:
      "A group's position survives reopening: what was acknowledged does not come again, what was not does.",
  },
  {
    id: 'STREAMS-DISK-01',
    source: 'docs/decisions/0019-streams-log.md',
    behaviour:
      'After SIGKILL at any moment every acknowledged event is in the disk log, once, and offsets go on.',
  },
  {
    id: 'STREAMS-DISK-02',
    source: 'docs/decisions/0019-streams-log.md',
    behaviour:
      'A torn end is cut at opening with a warning; damage elsewhere is an error that names the file.',
  },
  {
    id: 'STREAMS-DISK-03',
    source: 'docs/decisions/0019-streams-log.md',
    behaviour:
      'One process owns a log folder; a second is refused by a clear error, a killed one is passed over.',
  },
  {
    id: 'STREAMS-DISK-04',
    source: 'docs/decisions/0019-streams-log.md',
    behaviour: 'Retention by size and age removes whole segments, and readers and groups go on behind them.',
  },
  {
    id: 'STREAMS-DISK-05',
    source: 'docs/decisions/0019-streams-log.md',
    behaviour: 'A write that fails is taken back whole, and the same events can be appended again.',
  },
  {
    id: 'STREAMS-JETSTREAM-01',
    source: 'docs/decisions/0019-streams-log.md',
    behaviour:
      'A server of three killed while events are appended: every event is stored once, in order, and the append succeeds.',
  },
  {
    id: 'STREAMS-JETSTREAM-02',
    source: 'docs/decisions/0019-streams-log.md',
    behaviour: 'Readers and groups go on over the change of a leader: no gap, and no event read twice.',
  },
  {
    id: 'STREAMS-JETSTREAM-03',
    source: 'docs/decisions/0019-streams-log.md',
    behaviour:
      'Without a server an append fails as retryable; the same events appended again later are stored once.',
  },
  {
    id: 'STREAMS-CODEC-01',
    source: 'primitives/streams/README.md#payloads',
    behaviour:
      'Older payload versions are brought up to date; a newer one is refused with the advice to update.',
  },
  {
    id: 'STREAMS-CODEC-02',
    source: 'primitives/streams/README.md#payloads',
    behaviour:
      'An event that cannot be worked on is kept whole in a dead-letter topic, once, with reason and place.',
  },
  {
    id: 'STREAMS-PROCESS-01',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour:
      'A processor says the same bytes in the same order, timers and late events included, whatever the batches, wherever snapshots were taken, and wherever it died and was started again.',
  },
  {
    id: 'STREAMS-PROCESS-02',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour:
      'Two processors of one definition on one log leave each output in the output topic once, in the order that one alone would leave.',
  },
  {
    id: 'STREAMS-PROCESS-03',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour:
      'An event behind the watermark is handed on as late within the allowed lateness; beyond it, it is counted and goes to the dead letters with the reason.',
  },
  {
    id: 'STREAMS-PROCESS-04',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour:
      'An event that cannot be decoded, or that a handler throws on, goes to the dead letters with the reason; all that the handler did is undone, and the next event is processed.',
  },
  {
    id: 'STREAMS-PROCESS-05',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour:
      'Of two processors over one log, one is killed again and again: nothing is lost and nothing is said twice.',
  },
  {
    id: 'STREAMS-SINK-01',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour:
      'A sink gives up only the events that cannot be read or written, as dead letters with the reason, and writes all others.',
  },
  {
    id: 'STREAMS-SINK-02',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour: 'A sink whose target is away tries again with longer and longer waits, and loses nothing.',
  },
  {
    id: 'STREAMS-WINDOW-01',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour:
      'A window closes when the watermark reaches its end; a late event within the allowed lateness emits it again with the next revision.',
  },
  {
    id: 'STREAMS-WINDOW-02',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour: 'Windows that forget what is over say the same as windows that keep every event.',
  },
  {
    id: 'STREAMS-STATE-01',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour:
      'Every state store gives back the newest whole snapshot of a name and version, of megabytes too, with several processes saving at once.',
  },
  {
    id: 'STREAMS-STATE-02',
    source: 'docs/decisions/0020-stream-processing.md',
    behaviour:
      'A snapshot is written in steps between batches and holds what was when it began, whatever events came meanwhile.',
  },
  {
    id: 'STREAMS-TWIN-01',
    source: 'docs/design/streams.md#active-active',
    behaviour:
      'A twin writer appends every event to two logs that share nothing, in one order, and waits for the first only; the other gets what it missed.',
  },
  {
    id: 'STREAMS-TWIN-02',
    source: 'docs/design/streams.md#active-active',
    behaviour:
      'A path that was away for long, or a writer that was killed, leaves no event in one path only.',
  },
]
