import type { ClusterView } from './cluster-state.ts'
import { spanOf } from './why.ts'
import type { Why } from './why.ts'

/** Slurm's own words for what is no want of room. */
const heldFor: Record<string, string> = {
  JobHeldUser: 'its owner holds it',
  JobHeldAdmin: 'an administrator holds it',
  Dependency: 'it waits for another job to end',
  DependencyNeverSatisfied: 'the job it waits for has failed, so it will never start',
  BeginTime: 'its begin time has not come',
}

/** Why a job waits, in a sentence or two, with the jobs by name. */
export function sayWhy(view: ClusterView, id: number, why: Why | null): string {
  const job = view.jobs.get(id)
  if (job === undefined) return `No job ${id} runs or waits.`
  const name = (one: number) => {
    const found = view.jobs.get(one)
    return found === undefined ? `job ${one}` : `job ${found.label} (${found.user})`
  }
  if (why === null) {
    if (!/^PENDING|REQUEUED/.test(job.state))
      return `Job ${job.label} does not wait: it is ${job.state.toLowerCase()}.`
    const reason = heldFor[job.reason] ?? `Slurm says ${job.reason}`
    const on = job.dependsOn === '' ? '' : ` (${job.dependsOn})`
    return `Job ${job.label} waits, and not for room: ${reason}${on}.`
  }
  const { nowS } = view.state
  const need = view.state.pending.find((one) => one.id === id)!.need
  const of =
    need.gpus > 0
      ? `${need.gpus} GPU${need.gpus === 1 ? '' : 's'}`
      : `${need.cpus} CPU${need.cpus === 1 ? '' : 's'}`
  const needs = `Job ${job.label} needs ${need.nodes} ${need.nodes === 1 ? 'node' : 'nodes'} of partition ${job.partition} with ${of}${need.nodes === 1 ? '' : ' each'}`
  const lacks =
    why.lacks === null
      ? why.behind === null
        ? 'there is room now'
        : `there is room now, but it is kept for ${name(why.behind.id)}, which goes first`
      : `${why.lacks.nodesWithEnough} ${why.lacks.nodesWithEnough === 1 ? 'has' : 'have'} enough ${why.lacks.resource} now`
  if (why.startS === Infinity) return `${needs}; ${lacks}. No plan within Slurm's window holds it.`
  if (why.endsOthers)
    return `${needs}; ${why.lacks === null ? 'the room that there is now is kept for others' : lacks}. At the next pass of the scheduler jobs of a lower tier are ended for it, and it starts when they have left.`
  if (why.startS <= nowS) return `${needs}; ${lacks}. It can start at the next pass of the scheduler.`
  const waits =
    why.endOf !== null
      ? `, when ${name(why.endOf.id)} reaches its limit`
      : why.behind !== null
        ? `, when ${name(why.behind.id)} has had its time`
        : ''
  const behind =
    why.behind === null || why.lacks === null
      ? ''
      : ` Room that comes before is kept for ${name(why.behind.id)}.`
  return `${needs}; ${lacks}. It starts in ${spanOf(why.startS - nowS)} at the latest${waits}.${behind}`
}
