import { InvalidInputError, silentLogger, systemClock } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { runProcessor } from '@heavylift/streams'
import { join } from 'node:path'
import { liveConfigSchema } from '../config.ts'
import { feedCodec, outputCodec } from '../pipeline/codecs.ts'
import { createMatchProcessor } from '../pipeline/match-processor.ts'
import { openStreams } from '../pipeline/open-streams.ts'
import { rules } from '../insights/registry.ts'

/** `heavylift live processor`: one more processor on the streams of NATS, beside the server's own. */
export async function runLiveProcessor({
  options,
  print,
  report,
  signal,
  dataDir,
}: CommandInput): Promise<unknown> {
  const { nats, replicas, folder } = options
  if (typeof nats !== 'string') {
    throw new InvalidInputError({
      code: 'option-missing',
      message:
        '--nats names the servers, e.g. --nats 127.0.0.1:4222. Without NATS the server runs the processor itself.',
    })
  }
  const config = liveConfigSchema.parse({
    natsServers: nats.split(','),
    natsReplicas: replicas === undefined ? 1 : Number(replicas),
  })
  const streams = await openStreams(
    config,
    typeof folder === 'string' ? folder : join(dataDir, `processor-${process.pid}`),
    { clock: systemClock, log: silentLogger },
  )
  const running = runProcessor({
    processor: createMatchProcessor({
      rules,
      feed: feedCodec,
      output: outputCodec,
      allowedLatenessMs: config.allowedLatenessMs,
    }),
    log: streams.log,
    states: streams.states,
    signal,
    clock: systemClock,
  })
  print(`Processing ${config.natsServers.join(', ')} with ${rules.length} rules. Ctrl-C stops it.`)
  const timer = setInterval(() => {
    report({ stage: 'processing', done: running.events, unit: 'events' })
  }, 1_000)
  try {
    await running.done
  } finally {
    clearInterval(timer)
    await streams.close()
  }
  return { events: running.events, outputs: running.outputs, deadLetters: running.deadLetters }
}
