import { isCalledOut } from '../graphics/shared/called-out.js'
import { airSettings } from './air-settings.js'
import { createAutoDirector } from './auto-director.js'
import { followEvents } from './event-stream.js'
import { openFeed } from './feed-client.js'
import { createLayerFollower } from './layer-follower.js'
import { soFar } from './so-far.js'
import { createStage } from './stage.js'

/** @typedef {import('../src/domain/insight.ts').Insight} Insight */
/** @typedef {import('../src/graphics/graphics-schemas.ts').GraphicListing} GraphicListing */
/** @typedef {(before: unknown, insight: Insight, match: unknown) => unknown} FromInsight */

/** A whole game of any sport has fewer insights of a kind that a line is drawn of. */
const mostOfKind = 1_000
/** The fastest data of a graphic is tracking, ten times a second. */
const updateMs = 80

const graphicsBase = new URL('../graphics/', import.meta.url)

async function start() {
  const settings = airSettings(location.href)
  /** @param {string} path */
  const get = async (path) => {
    const headers = settings.key === null ? {} : { authorization: `Bearer ${settings.key}` }
    const response = await fetch(path, { headers })
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`)
    return response.json()
  }
  const [{ graphics }, { match }] = await Promise.all([
    get('/api/live/graphics'),
    get(`/api/live/matches/${encodeURIComponent(settings.match)}`),
  ])
  const wanted = /** @type {GraphicListing[]} */ (graphics).filter(
    ({ id }) => settings.graphics.length === 0 || settings.graphics.includes(id),
  )
  const mappings = await Promise.all(
    wanted.map(async ({ id }) => {
      const { kinds, fromInsight, isStanding } = await import(
        new URL(`${id}/from-insight.js`, graphicsBase).href
      )
      return {
        id,
        isStanding: isStanding === true,
        kinds: new Set(/** @type {string[]} */ (kinds)),
        fromInsight: /** @type {FromInsight} */ (fromInsight),
      }
    }),
  )

  const stage = createStage(document.body, (id) => new URL(`${id}/${id}.ograf.json`, graphicsBase).href)
  /** What the insights say, by graphic; kept also for graphics that are off. */
  const live = /** @type {Map<string, unknown>} */ (new Map())
  const director = createAutoDirector(
    wanted.map(({ id, manifest }) => ({ id, ...manifest.v_heavylift })),
    { minImportance: settings.minImportance },
  )
  /** Graphics whose data changed; they are told together, so that a field of 40 cars is drawn once and not 40 times. */
  const changed = /** @type {Set<string>} */ (new Set())
  const layer = createLayerFollower(stage, (id) => live.get(id))
  let isAuto = settings.layer === null

  /** @param {import('./auto-director.js').Cue[]} cues */
  const perform = (cues) => {
    for (const { type, id } of cues) void (type === 'take' ? stage.take(id, live.get(id)) : stage.clear(id))
  }

  /** @param {string} kind */
  const insightsOf = (kind) =>
    get(
      `/api/live/matches/${encodeURIComponent(settings.match)}/insights?kind=${encodeURIComponent(kind)}&limit=${mostOfKind}`,
    )
  // A line has its whole past, also on a page that was opened in mid-game.
  await Promise.all(
    mappings.map(async (mapping) => {
      if (!mapping.isStanding) return
      const data = await soFar(insightsOf, mapping, match)
      if (data !== undefined) live.set(mapping.id, data)
    }),
  )

  openFeed({
    addresses: settings.feeds,
    matchId: settings.match,
    key: settings.key,
    transport: settings.transport,
    onStale(isStale) {
      document.documentElement.dataset['feed'] = isStale ? 'stale' : 'live'
    },
    onInsight(insight) {
      for (const { id, kinds, fromInsight } of mappings) {
        if (!kinds.has(insight.kind)) continue
        const data = fromInsight(live.get(id) ?? null, insight, match)
        if (data === null || data === live.get(id)) continue
        live.set(id, data)
        changed.add(id)
        if (isAuto && insight.detail['isOver'] === true) perform(director.drop(id))
        else if (isAuto && isCalledOut(insight))
          perform(director.hear(id, insight.importance, performance.now()))
      }
    },
  })
  setInterval(() => perform(director.tick(performance.now())), 250)
  setInterval(() => {
    for (const id of changed) {
      if (isAuto) void stage.update(id, live.get(id))
      else layer.onLiveData(id)
    }
    changed.clear()
  }, updateMs)
  document.documentElement.dataset['marker'] = settings.isShowingStale ? 'shown' : 'hidden'

  if (settings.layer !== null) {
    for (const feed of settings.feeds) {
      void followEvents({
        url: `${feed}/api/live/matches/${encodeURIComponent(settings.match)}/graphics/stream?layer=${encodeURIComponent(settings.layer)}`,
        key: settings.key,
        signal: new AbortController().signal,
        onConnected: () => {},
        onEvent({ event, data }) {
          if (event !== 'layer') return
          const state = JSON.parse(data)
          if (!layer.isNewer(state)) return
          // Preview shows what would be taken, never what the insights take by themselves.
          const shouldAuto = state.isAuto && settings.bus === 'program'
          if (isAuto && !shouldAuto) perform(director.clear())
          isAuto = shouldAuto
          layer.follow(state.revision, isAuto ? null : state[settings.bus])
        },
      })
    }
  }
  document.documentElement.dataset['air'] = 'ready'
}

start().catch((error) => {
  // Never on air: the operator finds it in the page's console and, with ?stale=show, on the page.
  document.documentElement.dataset['air'] = 'failed'
  document.querySelector('#problem')?.append(String(error instanceof Error ? error.message : error))
})
