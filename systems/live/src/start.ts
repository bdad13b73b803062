import { join } from 'node:path'
import type { RunningSystem } from '@heavylift/core'
import { runProcessor, runSink } from '@heavylift/streams'
import { createDemo } from '../samples/demo.ts'
import { demoShows } from '../samples/shows.ts'
import { createTagStore } from './events/store/tag-store.ts'
import { OutputHub } from './pipeline/hub/output-hub.ts'
import { createIngest } from './pipeline/ingest/ingest.ts'
import { rejectLetters } from './pipeline/ingest/reject-letters.ts'
import type { LiveConfig } from './config.ts'
import type { LiveContext, LiveServices } from './context.ts'
import { createMatchStore } from './matches/match-store.ts'
import type { MatchTables } from './matches/match-tables.ts'
import { PictureHub } from './pipeline/pictures/picture-hub.ts'
import { feedCodec, outputCodec } from './pipeline/codecs.ts'
import { createMatchProcessor } from './pipeline/match-processor.ts'
import { openStreams } from './pipeline/open-streams.ts'
import { outputTopic } from './pipeline/topics.ts'
import { graphicsFiles } from './graphics/graphics-folder.ts'
import { createMatchStreams } from './recap/match-streams.ts'
import { watchFiles } from './recap/watch-folder.ts'
import { liveSockets } from './routes/live-socket.ts'
import { routeGroups } from './routes/route-groups.ts'
import { rules } from './insights/registry.ts'
import { writeOutputs } from './pipeline/sinks/write-outputs.ts'
import { createTile } from './matches/tile.ts'

/** Nobody plays a simulated match that is silent for this long. */
const leftAfterMs = 60_000

/** Opens the log, starts processors, sink and hubs; the parts stop in the reverse order. */
export async function startLive(services: LiveServices, config: LiveConfig): Promise<RunningSystem> {
  const stopping = new AbortController()
  const signal = AbortSignal.any([services.signal, stopping.signal])
  const { clock, store } = services
  const streams = await openStreams(config, join(services.dataDir, 'streams'), services)
  const db = store.database<MatchTables>()
  const matches = createMatchStore(db)
  const tags = createTagStore(store.database())
  const matchStreams = createMatchStreams(store.database())
  const outputs = new OutputHub(streams.log)
  const pictures = new PictureHub(streams.log)

  const processor = createMatchProcessor({
    rules,
    feed: feedCodec,
    output: outputCodec,
    allowedLatenessMs: config.allowedLatenessMs,
  })
  const processors = Array.from({ length: config.processors }, () =>
    runProcessor({
      processor,
      log: streams.log,
      states: streams.states,
      signal,
      clock,
      logger: services.log,
    }),
  )
  const sink = runSink({
    name: 'live-tables',
    log: streams.log,
    topic: outputTopic,
    codec: outputCodec,
    position: { states: streams.states },
    signal,
    logger: services.log,
    write: (batch) =>
      writeOutputs(
        {
          db,
          ledger: store.ledger,
          saveTags: (tenantId, said) => tags.save(tenantId, said),
          isSample: (_tenantId, matchId) => demo.isSample(matchId),
        },
        batch,
      ),
  })
  const ready = Promise.withResolvers<void>()
  const followers = [outputs.run(signal, ready.resolve), pictures.run(signal)].map((running) =>
    running.catch((error: unknown) => {
      if (!signal.aborted) services.log.error({ error }, 'a follower of the streams stopped')
      ready.resolve()
    }),
  )
  await ready.promise

  const ingest = createIngest(streams.writer, rejectLetters(streams.log, clock))
  async function removeMatch(tenantId: string, matchId: string): Promise<boolean> {
    outputs.forget(tenantId, matchId)
    pictures.forget(tenantId, matchId)
    await tags.remove(tenantId, matchId)
    await matchStreams.remove(tenantId, matchId)
    return matches.remove(tenantId, matchId)
  }
  const demo = createDemo({
    tenantId: 'main',
    shows: demoShows,
    ingest,
    clock,
    log: services.log,
    signal,
    async onMatch(matchId) {
      // The match before this one stays to look back on; what is older goes, and what an earlier server left unfinished.
      const prefix = matchId.slice(0, matchId.lastIndexOf('-') + 1)
      const own = (await matches.list('main')).filter(({ match }) => match.id.startsWith(prefix))
      for (const [age, { match, status, lastEventMs }] of own.entries()) {
        const isLeft = status !== 'ended' && lastEventMs < clock.nowMs() - leftAfterMs
        if (age > 0 || isLeft) await removeMatch('main', match.id)
      }
    },
  })

  const live: LiveContext = {
    ...services,
    signal,
    config,
    streams: streams.log,
    ingest,
    matches,
    tags,
    outputs,
    pictures,
    processors,
    sink,
    demo,
    removeMatch,
  }
  return {
    routes: routeGroups.flatMap((group) => group(live)),
    static: [...graphicsFiles, ...watchFiles],
    raw: liveSockets(live),
    tile: (tenantId) => createTile(live, tenantId),
    loadSample() {
      if (config.demo) demo.start()
      return Promise.resolve()
    },
    async stop() {
      await demo.stop()
      stopping.abort(new DOMException('The live system is stopping.', 'AbortError'))
      await Promise.all([...processors.map((running) => running.stop()), sink.stop(), ...followers])
      await streams.close()
    },
  }
}
