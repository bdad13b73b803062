import { join } from 'node:path'
import type { Route, RunningSystem } from '@heavylift/core'
import { clearShow } from '../samples/clear-shows.ts'
import { createDemoSwitch } from '../samples/demo-switch.ts'
import { createDemo, isDemoMatch } from '../samples/demo.ts'
import { demoShows } from '../samples/shows.ts'
import type { LiveConfig } from './config.ts'
import type { LiveContext, LiveServices } from './context.ts'
import { createTagStore } from './events/store/tag-store.ts'
import { createControl } from './graphics/control.ts'
import { graphicsFiles } from './graphics/graphics-folder.ts'
import type { GraphicsTables } from './graphics/graphics-tables.ts'
import { rules } from './insights/registry.ts'
import { withHomeEdge } from './insights/winning/team-strength.ts'
import { createMappingStore } from './mappings/mapping-store.ts'
import { createMatchStore } from './matches/match-store.ts'
import type { MatchTables } from './matches/match-tables.ts'
import { createTile } from './matches/tile.ts'
import { chooseEventsIn } from './pipeline/open-streams.ts'
import { openPipeline } from './pipeline/open-pipeline.ts'
import { createVideoOrigin } from './recap/hls/video-origin.ts'
import { createMatchStreams } from './recap/match-streams.ts'
import { watchFiles } from './recap/watch-folder.ts'
import { liveSockets } from './routes/live-socket.ts'
import { routeGroups } from './routes/route-groups.ts'

/** Whose the simulated matches are. */
const demoTenant = 'main'

/** The stores, the pipeline over them, and the matches of the demo played into it. */
export async function startLive(services: LiveServices, config: LiveConfig): Promise<RunningSystem> {
  const stopping = new AbortController()
  const signal = AbortSignal.any([services.signal, stopping.signal])
  const { clock, store } = services
  const db = store.database<MatchTables>()
  const matches = createMatchStore(db)
  const mappings = createMappingStore(store.database(), clock)
  const tags = createTagStore(store.database())
  const matchStreams = createMatchStreams(store.database())
  const control = createControl(store.database<GraphicsTables>())

  const pipeline = await openPipeline({
    config,
    folder: join(services.dataDir, 'streams'),
    store,
    rules,
    sinks: {
      db,
      ledger: store.ledger,
      saveTags: (tenantId, said) => tags.save(tenantId, said),
      isSample: (_tenantId, matchId) => isDemoMatch(matchId),
    },
    async enrich(tenantId, match, startMs) {
      if (match.homeEdge !== undefined) return match
      return withHomeEdge(match, startMs, await matches.results(tenantId, match.sport, startMs))
    },
    clock,
    logger: services.log,
    signal,
  })
  const { ingest, health, outputs, pictures, processors, sink } = pipeline

  async function removeMatch(tenantId: string, matchId: string): Promise<boolean> {
    outputs.forget(tenantId, matchId)
    pictures.forget(tenantId, matchId)
    await tags.remove(tenantId, matchId)
    await matchStreams.remove(tenantId, matchId)
    return matches.remove(tenantId, matchId)
  }
  const played = createDemo({
    tenantId: demoTenant,
    shows: demoShows,
    ingest,
    clock,
    log: services.log,
    signal,
    async onMatch(matchId, { graphic }) {
      await clearShow(matchId, demoTenant, { matches, clock, removeMatch })
      await control.command(demoTenant, matchId, 'main', { type: 'take', graphic, data: null })
    },
  })

  const demo = createDemoSwitch(played, store, signal)
  // Beside everything else: until it is done, moments of old are found by the words that they were saved with.
  const reindexed = tags.reindex(signal).then(
    (moments) => {
      if (moments > 0) services.log.info({ moments }, 'moments of old are found by the words of today')
    },
    (error: unknown) => {
      if (!signal.aborted)
        services.log.warn({ err: error }, 'moments of old keep the words that they were saved with')
    },
  )

  const live: LiveContext = {
    ...services,
    signal,
    config,
    streams: pipeline.log,
    ingest,
    health,
    matches,
    mappings,
    tags,
    outputs,
    pictures,
    processors,
    sink,
    demo,
    eventsIn: chooseEventsIn(config, store),
    control,
    recap: {
      tags,
      matches,
      streams: matchStreams,
      origin: createVideoOrigin(config.videoOrigins, clock),
    },
    removeMatch,
  }
  return {
    routes: routeGroups.flatMap((group): Route[] => group(live)),
    static: [...graphicsFiles, ...watchFiles],
    raw: liveSockets(live),
    tile: (tenantId) => createTile(live, tenantId),
    async loadSample() {
      if (config.demo) await demo.turnOn()
    },
    async stop() {
      stopping.abort(new DOMException('The live system is stopping.', 'AbortError'))
      await demo.played
      await reindexed
      await pipeline.stop()
    },
  }
}
