// One process of a drill: `node part-child.ts broker|control|fleet '{"options": …}'`. What it has to tell at its end it sends to its parent.
import type { CommandInput } from '@heavylift/core'
import { runBroker } from '../../commands/broker.ts'
import { runControl } from '../../commands/control.ts'
import { runFleetCommand } from '../../commands/fleet.ts'

const parts: Record<string, (input: CommandInput) => Promise<unknown>> = {
  broker: runBroker,
  control: runControl,
  fleet: runFleetCommand,
}
const [name = '', text = '{}'] = process.argv.slice(2)
const { options, dataDir } = JSON.parse(text) as { options: CommandInput['options']; dataDir: string }
const stopping = new AbortController()
process.on('SIGTERM', () => stopping.abort())
// Who started it is gone: nobody else would end it.
process.on('disconnect', () => process.exit(1))
const result = await parts[name]!({
  args: {},
  options,
  dataDir,
  signal: stopping.signal,
  print: () => process.send?.({ kind: 'up' }),
  report: () => undefined,
  api: () => Promise.reject(new Error('A drill has no server.')),
  confirm: () => Promise.resolve(),
})
await new Promise<void>((resolve) => process.send?.({ kind: 'end', result }, () => resolve()))
process.exit(0)
