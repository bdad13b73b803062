import type { CoreServices } from '@heavylift/core'
import { isSampleModel } from '../table/sample-names.ts'
import { CallCounters } from './call-counters.ts'
import { callSpan } from './call-span.ts'
import { createLiveStats } from './live-stats.ts'
import type { Meter } from './meter.ts'
import type { UsageStore } from './usage-store.ts'

/** The meter in front of where usage is kept; closing it is the owner's of `usage`. */
export function createMeter(
  { clock, telemetry }: Pick<CoreServices, 'clock' | 'telemetry'>,
  usage: UsageStore,
): Meter {
  const live = createLiveStats()
  const counters = new CallCounters()
  telemetry.collect(() => [
    ...counters.families(),
    {
      name: 'models_calls_unwritten_total',
      help: 'Calls that could not be written to disk before their answer ended.',
      type: 'counter',
      samples: [{ labels: {}, value: usage.unwritten }],
    },
  ])
  return {
    live,
    began: (call) => live.began(call, clock.nowMs()),
    record(record, call, text) {
      usage.add(record, text)
      call?.ended(record, clock.nowMs())
      if (isSampleModel(record.model)) return
      counters.add(record)
      telemetry.finishedSpan(callSpan(record))
    },
  }
}
