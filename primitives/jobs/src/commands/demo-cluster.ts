import type { CommandInput } from '@heavylift/core'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import { runSample } from '../../samples/run-sample.ts'
import { exampleSlurm, jobsConfigSchema } from '../config.ts'
import { jobsFolder, openJobs } from '../service/open-jobs.ts'
import { explainMissingSlurm, startSlurm } from '../testing/start-slurm.ts'
import type { TestSlurm } from '../testing/start-slurm.ts'
import { followRun } from './follow-run.ts'

/** `heavylift jobs demo-cluster`: a real Slurm on this machine until Ctrl-C, or for one sample job. */
export async function runDemoCluster(input: CommandInput) {
  const { options, print, report, signal } = input
  const nodes = Number(options['nodes'] ?? 2)
  if (!(Number.isInteger(nodes) && nodes >= 1 && nodes <= 16))
    throw new InvalidInputError({
      code: 'option-invalid',
      message: '--nodes takes a whole number from 1 to 16.',
    })
  const missing = await explainMissingSlurm()
  if (missing !== null)
    throw new HeavyliftError({
      code: 'slurm-missing',
      message: `The demo cluster is a real Slurm, and ${missing}. On Debian, as root: apt-get install slurm-wlm munge`,
    })
  report({ stage: 'starting Slurm', done: 0, total: nodes, unit: 'nodes' })
  const slurm = await startSlurm({ nodes, signal })
  try {
    print(`Slurm runs on ${plural(nodes, 'node')} of two cores; its slurm.conf is ${slurm.env.SLURM_CONF}`)
    print(await slurm.command('sinfo', []))
    if (options['sample'] === true) return { nodes, ...(await sampleOn(slurm, input)) }
    print('In another terminal:')
    print(`  export SLURM_CONF=${slurm.env.SLURM_CONF}`)
    print(`  export HEAVYLIFT_JOBS_SLURM='${JSON.stringify(exampleSlurm)}'`)
    print('  npx heavylift jobs sample --slurm')
    print('Ctrl-C ends the cluster.')
    await untilAborted(signal)
    return { nodes }
  } finally {
    await slurm.stop()
    print('The cluster has ended.')
  }
}

async function sampleOn({ env }: TestSlurm, input: CommandInput) {
  const jobs = openJobs({
    folder: jobsFolder(input),
    config: jobsConfigSchema.parse({ slurm: exampleSlurm }),
    origin: 'command',
    slurmEnv: env,
  })
  try {
    const run = await runSample(jobs, 'demo-cluster', { executor: 'slurm' })
    const { state } = await followRun(run, input)
    input.print(`${run.id} is ${state}. See it with: heavylift jobs show ${run.id.slice(0, 8)}`)
    return { id: run.id, state }
  } finally {
    await jobs.close()
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    // It is what keeps the process alive, should the daemons end before it.
    const waiting = setInterval(() => undefined, 1 << 30)
    signal.addEventListener(
      'abort',
      () => {
        clearInterval(waiting)
        resolve()
      },
      { once: true },
    )
  })
}
