import type { Log, LogEvent } from '../../src/log/log.ts'
import type { Processor } from '../../src/processor/processor.ts'
import type { ProcessorHandle, RunProcessorOptions } from '../../src/processor/run-options.ts'
import { runProcessor } from '../../src/processor/run-processor.ts'
import { MemoryStateStore } from '../../src/state/memory-state-store.ts'
import { jsonOf } from './test-codec.ts'
import { MemoryLog } from './memory-log.ts'

/** Runs a processor over events to their end, in memory; what it said, and its handle for the counts. */
export async function runThrough<In, State, Out>(
  processor: Processor<In, State, Out>,
  events: readonly LogEvent[],
  options: Partial<RunProcessorOptions<In, State, Out>> = {},
): Promise<{ log: MemoryLog; handle: ProcessorHandle; said: Out[]; dead: Record<string, unknown>[] }> {
  const log = new MemoryLog()
  await log.append(processor.input.topic, events)
  const handle = runToEnd(processor, log, options)
  await handle.done
  return {
    log,
    handle,
    said: log.events(processor.output.topic).map((event) => jsonOf<Out>(event)),
    dead: log.events(`${processor.input.topic}.dead`).map((event) => jsonOf(event)),
  }
}

export function runToEnd<In, State, Out>(
  processor: Processor<In, State, Out>,
  log: Log,
  options: Partial<RunProcessorOptions<In, State, Out>> = {},
): ProcessorHandle {
  return runProcessor({
    processor,
    log,
    states: new MemoryStateStore(),
    signal: new AbortController().signal,
    until: 'end',
    ...options,
  })
}
