import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { FileUsage } from '../../src/metering/files/file-usage.ts'
import { callRecord } from './call-record.ts'

// Records calls for ever and prints the id of each once it is recorded. `file-crash-child.ts <dir>`
const ids = createIds(systemClock)
const usage = await FileUsage.open({
  services: { clock: systemClock, ids, log: silentLogger },
  dir: process.argv[2] ?? '',
  keepDays: () => 30,
  maxSegmentBytes: 50_000,
})
for (;;) {
  for (let i = 0; i < 20; i++) {
    const id = ids.next('call')
    usage.add(callRecord({ id, atMs: Date.now() }))
    process.stdout.write(`${id}\n`)
  }
  await new Promise((resolve) => setTimeout(resolve, 5))
}
