import { generate } from '../../load/generate.ts'
import { scenarioSchema } from '../../load/scenario.ts'
import { allowTarget } from '../../load/target.ts'

/** One generator in a process of its own, so that its processor time can be told: `scenario` as JSON in `SCENARIO`. */
const scenario = scenarioSchema.parse(JSON.parse(process.env['SCENARIO'] ?? '{}'))
const target = await allowTarget(scenario.target, null, () => Promise.resolve(null))
const before = process.cpuUsage()
const { measured } = await generate(scenario, target, new AbortController().signal)
const { user, system } = process.cpuUsage(before)
process.stdout.write(
  JSON.stringify({
    requests: measured.ok,
    failed: measured.failed,
    cpuSeconds: (user + system) / 1e6,
    lagP99Ms: measured.lag.quantileMs(0.99),
  }),
)
