import type { JobTable } from '../domain/job-table.ts'
import type { PolicyView, QueuePolicy } from './queue-policy.ts'

const staticPolicy = (name: string, score: (jobs: JobTable, job: number) => number): QueuePolicy => ({
  name,
  isStatic: true,
  score,
})
const dynamicPolicy = (name: string, score: QueuePolicy['score']): QueuePolicy => ({
  name,
  isStatic: false,
  score,
})

/** A limit of 0 s would divide by nothing. */
const limitS = (jobs: JobTable, job: number) => Math.max(1, jobs.requestedS[job]!)

/** First come, first served. */
export const fcfs = staticPolicy('FCFS', (jobs, job) => jobs.submitS[job]!)

/** The shortest requested time first. */
export const sjf = staticPolicy('SJF', (jobs, job) => jobs.requestedS[job]!)

/** Waiting over requested time, cubed, times size: Tang et al., "Fault-aware, utility-based job scheduling on Blue Gene/P" (2009). */
export const wfp3 = dynamicPolicy('WFP3', (jobs, job, { nowS }) => wfp3Score(jobs, job, nowS))

/** Waiting over the logarithm of the size times the requested time, as above. */
export const unicef = dynamicPolicy('UNICEF', (jobs, job, { nowS }) => unicefScore(jobs, job, nowS))

/** F1 of Carastan-Santos and de Camargo, "Obtaining dynamic scheduling policies with simulation and machine learning" (SC '17). */
export const f1 = staticPolicy('F1', (jobs, job) => {
  const log10 = (value: number) => Math.log10(value > 0 ? value : 0.1)
  return log10(jobs.requestedS[job]!) * jobs.processors[job]! + 870 * log10(jobs.submitS[job]!)
})

export function wfp3Score(jobs: JobTable, job: number, nowS: number): number {
  return -(((nowS - jobs.submitS[job]!) / limitS(jobs, job)) ** 3) * jobs.processors[job]!
}

export function unicefScore(jobs: JobTable, job: number, nowS: number): number {
  const size = Math.log2(jobs.processors[job]! + 1e-15)
  return -(nowS - jobs.submitS[job]! + 1e-15) / (size * limitS(jobs, job))
}

export interface MultifactorWeights {
  age: number
  fairshare: number
  jobSize: number
  partition: number
  qos: number
  /** Age in seconds that counts fully. */
  maxAgeS: number
  favourSmall: boolean
  /** Share of the cluster that each user is owed; equal shares where it is left out. */
  shareOf?: (user: number) => number
  /** Between 0 and 1. */
  partitionFactor?: (partition: number) => number
  qosFactor?: (queue: number) => number
}

/**
 * Slurm's priority/multifactor: weights times factors between 0 and 1; fair share is 2^(−usage / share) of the classic algorithm.
 * https://slurm.schedmd.com/priority_multifactor.html
 */
export function multifactor(weights: MultifactorWeights, users: number): QueuePolicy {
  const shareOf = weights.shareOf ?? (() => 1 / Math.max(1, users))
  return dynamicPolicy('Multifactor', (jobs, job, view) => {
    const age = Math.min(1, (view.nowS - jobs.submitS[job]!) / weights.maxAgeS)
    const part = jobs.processors[job]! / view.processors
    const used = view.usageOf(jobs.user[job]!)
    return -(
      weights.age * age +
      weights.jobSize * (weights.favourSmall ? 1 - part : part) +
      weights.fairshare * (weights.fairshare === 0 ? 0 : 2 ** (-used / shareOf(jobs.user[job]!))) +
      weights.partition * (weights.partitionFactor?.(jobs.partition[job]!) ?? 0) +
      weights.qos * (weights.qosFactor?.(jobs.queue[job]!) ?? 0)
    )
  })
}

/**
 * Dominant resource fairness: the user with the least dominant share goes first (Ghodsi et al., NSDI '11). A log has one resource, so the
 * share is that of its processors; ties by submission.
 */
export const drf = dynamicPolicy(
  'DRF',
  (jobs, job, view: PolicyView) => view.heldBy(jobs.user[job]!) / view.processors,
)
