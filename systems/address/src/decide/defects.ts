import type { ExperimentReport, Ledger } from '@heavylift/store'
import type { Interval } from '@heavylift/core/math'

/** The outcome that counts against a decision: the first attempt to deliver failed. */
export const defectOutcome = 'first-time-defect'

/** Addresses without the agent beside those with it. The first arm is the baseline, in the order of PostgreSQL's
 * `jsonb` too (short names first). */
export interface DefectTrial {
  name: string
  arms: { off: number; agent: number }
  /** How long after its decision a delivery still counts. */
  attributionMs: number
}

/** Of samples, whose deliveries happen at once. */
export const sampleTrial: DefectTrial = {
  name: 'address-agent-sample',
  arms: { off: 1, agent: 1 },
  attributionMs: 1000,
}

/** Null where no share of the addresses goes without the agent: then nothing can be compared. */
export function trialOf(config: { baselineShare: number; attributionDays: number }): DefectTrial | null {
  const { baselineShare, attributionDays } = config
  if (baselineShare === 0) return null
  return {
    name: 'address-agent',
    arms: { off: baselineShare, agent: 1 - baselineShare },
    attributionMs: attributionDays * 86_400_000,
  }
}

/** Defects by arm, and by how many percent the agent's are fewer, with a 95 % interval; null until each arm has a defect. */
export interface Defects {
  arms: { arm: string; deliveries: number; defects: number; rate: Interval }[]
  waiting: number
  reductionPct: Interval | null
}

/** Out of the ledger, where the arms' outcomes are. */
export async function readDefects(
  ledger: Pick<Ledger, 'experiment'>,
  tenantId: string,
  trial: DefectTrial,
): Promise<Defects> {
  return defectsOf(await ledger.experiment({ tenantId, ...trial }, defectOutcome))
}

function defectsOf({ arms, waiting, uplift }: ExperimentReport): Defects {
  return {
    arms: arms.map(({ arm, units, converted, rate }) => ({
      arm,
      deliveries: units,
      defects: converted,
      rate,
    })),
    waiting,
    reductionPct:
      uplift === null
        ? null
        : { estimate: -100 * uplift.estimate, low: -100 * uplift.high, high: -100 * uplift.low },
  }
}
