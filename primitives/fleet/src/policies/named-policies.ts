import { InvalidInputError } from '@heavylift/core'
import type { Backfill } from '../simulate/simulation.ts'
import { drf, f1, fcfs, multifactor, sjf, unicef, wfp3 } from './queue-policies.ts'
import type { QueuePolicy } from './queue-policy.ts'

/** Slurm's factors at weights that sites commonly have: fair share first, then age, then size. */
const slurm = (users: number) =>
  multifactor(
    {
      age: 1000,
      fairshare: 10_000,
      jobSize: 500,
      partition: 0,
      qos: 0,
      maxAgeS: 7 * 86_400,
      favourSmall: false,
    },
    users,
  )

const policies: Record<string, (users: number) => QueuePolicy> = {
  fcfs: () => fcfs,
  sjf: () => sjf,
  wfp3: () => wfp3,
  unicef: () => unicef,
  f1: () => f1,
  drf: () => drf,
  multifactor: slurm,
}

export const policyNames = Object.keys(policies)
const backfills: Record<string, Backfill> = { easy: 'easy', conservative: 'conservative' }

/** `sjf+easy` as a policy and its backfill. `users` are how many share the cluster. */
export function namedPolicy(
  name: string,
  users: number,
): { name: string; policy: QueuePolicy; backfill: Backfill } {
  const [order = '', fill] = name.trim().toLowerCase().split('+')
  const make = policies[order]
  const backfill = fill === undefined ? 'none' : backfills[fill]
  if (make === undefined || backfill === undefined) {
    const message = `"${name}" is no policy. There are ${policyNames.join(', ')}, each alone or with +easy or +conservative.`
    throw new InvalidInputError({ code: 'unknown-policy', message })
  }
  return { name: name.trim().toLowerCase(), policy: make(users), backfill }
}
