// A driver as a program of its own, for tests: keeps 10 m/s on a straight road, or does what its argument says.
import { createInterface } from 'node:readline'

const [mode = 'drive'] = process.argv.slice(2)
/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)
let steps = 0
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line)
  if (message.type === 'start') {
    if (mode === 'late') continue
    say(JSON.stringify({ type: 'ready' }))
    continue
  }
  steps++
  if (mode === 'crash' && steps === 5) {
    process.stderr.write('out of fuel')
    process.exit(3)
  }
  if (mode === 'hang' && steps === 5) continue
  if (mode === 'nonsense') {
    say('{"type":"command","accelerationMps2":null}')
    continue
  }
  say(
    JSON.stringify({
      type: 'command',
      accelerationMps2: 10 - message.ego.speedMps,
      frontSteerRad: 0,
    }),
  )
}
