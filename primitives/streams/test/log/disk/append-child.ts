import { openDiskLog } from '../../../src/index.ts'
import { events } from '../test-events.ts'

// Appends batches of growing size and tells its parent after each how many events are safe, until it is killed.
const [folder = '', from = '1'] = process.argv.slice(2)
const log = await openDiskLog({ folder })
let next = Number(from)
for (let size = 1; ; size = (size % 400) + 37) {
  await log.append('t', events(next, next + size - 1))
  next += size
  process.send!(next - 1)
}
