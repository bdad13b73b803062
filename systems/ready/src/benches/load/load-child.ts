import { generate } from '../../load/generate.ts'
import { scenarioSchema } from '../../load/scenario.ts'
import { stageMs } from '../../load/schedule.ts'
import { allowTarget } from '../../load/target.ts'

/** One generator in a process of its own, so that its processor time can be told: `scenario` as JSON in `SCENARIO`. */
const scenario = scenarioSchema.parse(JSON.parse(process.env['SCENARIO'] ?? '{}'))
const target = await allowTarget(scenario.target, null, () => Promise.resolve(null))
const baseRss = process.memoryUsage.rss()
const { measured, durationMs } = await generate(scenario, target, new AbortController().signal)
process.stdout.write(
  JSON.stringify({
    requests: measured.ok,
    failed: measured.failed,
    lagP50Ms: measured.lag.quantileMs(0.5),
    lagP99Ms: measured.lag.quantileMs(0.99),
    lagMaxMs: measured.lag.maxMs,
    sentPerSecond: measured.sent / scenario.load.reduce((sum, stage) => sum + stageMs(stage) / 1000, 0),
    plannedPerSecond:
      measured.seconds.reduce((sum, { planned }) => sum + planned, 0) /
      scenario.load.reduce((sum, stage) => sum + stageMs(stage) / 1000, 0),
    durationSeconds: durationMs / 1000,
    baseRssMb: baseRss / 1e6,
    maxRssMb: process.resourceUsage().maxRSS / 1000,
    events: measured.events,
    firstEventP99Ms: measured.firstEvent.quantileMs(0.99),
    eventGapP50Ms: measured.eventGap.quantileMs(0.5),
  }),
)
