import { setTimeout as sleep } from 'node:timers/promises'
import { generate } from '../generate.ts'
import { Measured } from '../measure.ts'
import type { FromGenerator, GeneratorOrder, ToGenerator } from './generator-message.ts'

/** One generator in a process of its own: nothing else takes its turn. Without its parent it ends at once, and with it all of its connections. */
const reportEveryMs = 1000
const stop = new AbortController()
process.on('disconnect', () => process.exit(0))
process.on('message', (message: ToGenerator) => {
  if ('stop' in message) stop.abort()
  else void play(message.order)
})

function say(message: FromGenerator, said: () => void = () => undefined): void {
  process.send?.(message, said)
}

async function play({ scenario, target, part, startAtMs }: GeneratorOrder): Promise<void> {
  const measured = new Measured()
  try {
    await sleep(Math.max(0, startAtMs - Date.now()))
    const timer = setInterval(() => say({ measured: measured.toJson(), end: null }), reportEveryMs)
    const { measured: all, ...end } = await generate(scenario, target, stop.signal, measured, part)
    clearInterval(timer)
    say({ measured: all.toJson(), end }, () => process.exit(0))
  } catch (error) {
    say({ problem: error instanceof Error ? error.message : 'The generator broke.' }, () => process.exit(1))
  }
}
