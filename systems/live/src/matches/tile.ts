import type { Tile } from '@heavylift/core'
import type { LiveContext } from '../context.ts'

const dayMs = 86_400_000
/** A match counts as live while its last event is younger than this. */
const liveForMs = 60_000

/** With fewer outcomes than this the calibration error says more of chance than of the insights. */
const scoredAtLeast = 300

/** What the Live tile on the home page says. */
export async function createTile(live: LiveContext, tenantId: string): Promise<Tile> {
  const nowMs = live.clock.nowMs()
  const [matches, servers, summary] = await Promise.all([
    live.matches.list(tenantId),
    live.eventsIn === 'files' ? live.store.shared.countServers() : 1,
    live.store.ledger.summary(tenantId, { system: 'live', fromMs: nowMs - dayMs }),
  ])
  const playing = matches.filter(
    ({ match, lastEventMs }) =>
      Math.max(lastEventMs, live.pictures.current(tenantId, match.id)?.atMs ?? 0) > nowMs - liveForMs,
  )
  const { bins, expectedCalibrationError } = summary.calibration
  const scored = bins.reduce((sum, { n }) => sum + n, 0)
  const calibrationError = scored < scoredAtLeast ? null : expectedCalibrationError
  const first = playing.find(({ match }) => match.sport === 'race') ?? playing[0]
  return {
    state:
      servers === 1 && live.processors.every(({ lagEvents }) => lagEvents < 20_000) ? 'running' : 'degraded',
    headline:
      servers > 1
        ? `${servers} servers share the database, and each sees only the events that it takes itself. Set live.keepEventsIn to "database" or live.natsServers.`
        : playing.length === 0
          ? matches.length === 0
            ? 'No match yet. Start the simulated ones on the Director page, or replay a file: npx heavylift live replay FILE.'
            : `No match is being played; ${matches.length} are kept.`
          : playing.map(({ match }) => match.title).join(' · '),
    number: {
      label: 'Calibration error of insights today',
      value: calibrationError === null ? null : Math.round(calibrationError * 1_000) / 10,
      unit: '%',
      goal: { atMost: 5 },
    },
    decisionsToday: summary.count,
    picture: first ? { match: first.match, picture: live.pictures.current(tenantId, first.match.id) } : null,
  }
}
