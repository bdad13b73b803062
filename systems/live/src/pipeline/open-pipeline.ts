import type { Clock, Logger } from '@heavylift/core'
import { runProcessor, runSink } from '@heavylift/streams'
import type { Log, ProcessorHandle, SinkHandle } from '@heavylift/streams'
import type { LiveConfig } from '../config.ts'
import type { Rule } from '../domain/rule.ts'
import { feedCodec, outputCodec } from './codecs.ts'
import { OutputHub } from './hub/output-hub.ts'
import { FeedHealth } from './ingest/feed-health.ts'
import { createIngest } from './ingest/ingest.ts'
import type { EnrichMatch, Ingest } from './ingest/ingest.ts'
import { rejectLetters } from './ingest/reject-letters.ts'
import { createMatchProcessor } from './match-processor.ts'
import { openStreams } from './open-streams.ts'
import type { SharedStore } from './open-streams.ts'
import { PictureHub } from './pictures/picture-hub.ts'
import { writeOutputs } from './sinks/write-outputs.ts'
import type { OutputSinks } from './sinks/write-outputs.ts'
import { outputTopic } from './topics.ts'

/** A feed's way from the door to the screen, running. */
export interface Pipeline {
  log: Log
  ingest: Ingest
  /** What has come of each feed. */
  health: FeedHealth
  outputs: OutputHub
  pictures: PictureHub
  processors: readonly ProcessorHandle[]
  sink: SinkHandle
  /** Ends when the signal has aborted; the parts stop in the reverse order. */
  stop(): Promise<void>
}

export interface PipelineOptions {
  config: LiveConfig
  /** Where events are kept unless NATS or the database keeps them. */
  folder: string
  store: SharedStore
  rules: readonly Rule[]
  sinks: OutputSinks
  enrich: EnrichMatch
  clock: Clock
  logger: Logger
  /** Aborts before `stop` is called. */
  signal: AbortSignal
}

/** Opens the log and starts processors, sink and hubs; resolves when the hubs have caught up. */
export async function openPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { config, clock, logger, signal } = options
  const streams = await openStreams(config, options.folder, { clock, log: logger, store: options.store })
  const health = new FeedHealth(clock, config)
  const outputs = new OutputHub(streams.log)
  const pictures = new PictureHub(streams.log)
  const processor = createMatchProcessor({
    rules: options.rules,
    feed: feedCodec,
    output: outputCodec,
    allowedLatenessMs: config.allowedLatenessMs,
  })
  const processors = Array.from({ length: config.processors }, () =>
    runProcessor({ processor, log: streams.log, states: streams.states, signal, clock, logger }),
  )
  const sink = runSink({
    name: 'live-tables',
    log: streams.log,
    topic: outputTopic,
    codec: outputCodec,
    position: { states: streams.states },
    signal,
    logger,
    write: (batch) => writeOutputs(options.sinks, batch),
  })
  const ready = Promise.withResolvers<void>()
  const followers = [outputs.run(signal, ready.resolve), pictures.run(signal)].map((running) =>
    running.catch((error: unknown) => {
      if (!signal.aborted) logger.error({ error }, 'a follower of the streams stopped')
      ready.resolve()
    }),
  )
  await ready.promise
  return {
    log: streams.log,
    ingest: createIngest(streams.writer, rejectLetters(streams.log, clock), options.enrich, health),
    health,
    outputs,
    pictures,
    processors,
    sink,
    async stop() {
      await Promise.all([...processors.map((running) => running.stop()), sink.stop(), ...followers])
      await streams.close()
    },
  }
}
